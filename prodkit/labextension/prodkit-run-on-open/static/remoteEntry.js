// Runs a lesson once when it is opened, if it asks for it (metadata.prodkit.run_on_open), all its code
// cells are trusted, and they are, to the letter, those of a shipped lesson (page option prodkitLessons,
// written by `prodkit lab`). Trust alone is not enough: Jupyter signs what a learner saves, a stranger's
// cells included. Written by hand, as Lab loads it: there is no build step.
(() => {
  let scope;                                           // the modules that Lab shares with its extensions
  const lab = async name => (await Object.values(scope[name])[0].get())();
  const sources = (cells, type) =>
    JSON.stringify(Array.from(cells).filter(c => !type || c.type === type).map(c => c.sharedModel.getSource()));
  const digest = async text => {                       // as prodkit.lessons.code_digest
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(bytes), b => b.toString(16).padStart(2, '0')).join('');
  };

  async function plugin() {
    const { INotebookTracker, NotebookActions } = await lab('@jupyterlab/notebook');
    const { PageConfig } = await lab('@jupyterlab/coreutils');
    const shipped = PageConfig.getOption('prodkitLessons').split(',');

    async function run(panel) {
      const { context, content, sessionContext } = panel;
      if (context.isReady) return;                     // a second view of a lesson that is open already
      await context.ready;
      const model = context.model, cells = model.cells, before = sources(cells);
      const asked = () => (model.getMetadata('prodkit') || {}).run_on_open === true;
      if (!asked() || !window.crypto || !crypto.subtle) return;  // no digest on plain http from elsewhere
      await Promise.all([panel.revealed, sessionContext.ready]);
      await sessionContext.session?.kernel?.info;
      const code = sources(cells, 'code');
      const known = shipped.includes(await digest(code));
      const trusted = Array.from(cells).every(c => c.type !== 'code' || c.trusted);
      if (panel.isDisposed || !known || !trusted || sources(cells, 'code') !== code) return;
      await NotebookActions.runCells(content, content.widgets.filter(w => w.model.type === 'code'), sessionContext);
      if (!panel.isDisposed && sources(cells) === before) model.dirty = false;  // a run is no change
    }
    const activate = (app, tracker) => tracker.widgetAdded.connect((_, panel) => void run(panel).catch(console.error));
    return { id: 'prodkit-run-on-open:plugin', autoStart: true, requires: [INotebookTracker], activate };
  }

  (window._JUPYTERLAB ??= {})['prodkit-run-on-open'] = {
    init: shared => { scope = shared; },
    get: async () => { const found = await plugin(); return () => found; },
  };
})();
