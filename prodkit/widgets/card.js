// One card for every kind of part: it shows what Python says, collects answers and announces
// verdicts. It follows parts.js in one module. Python judges.

const PATIENCE = 8000;    // ms until Python counts as silent
const SILENT = "No answer from Python. Run the lesson: menu Kernel → Restart Kernel and Run All Cells.";
const KEPT = ["keydown", "keyup", "keypress", "paste", "copy", "cut"];   // Lab must not see these

function render({ model, el }) {
  const uid = `pk${Math.random().toString(36).slice(2, 10)}`;
  let serial = 0, parts = [], shown = "", pending = null, seq = Math.floor(Math.random() * 1e9), asking = false;
  const ids = () => `${uid}-${(serial += 1)}`;
  const region = (kind) => h("div", { class: `pk-${kind}` });

  const title = h("div", { class: "pk-title", id: ids() }), about = region("about"), notice = region("notice"), body = region("body");
  const note = region("note"), error = region("error"), verdictBox = region("verdict"), hints = region("hints");
  const solution = h("div", { class: "pk-solution", role: "group", "aria-label": "Worked solution", tabindex: "-1" });
  const live = h("div", { class: "pk-sr", role: "status", "aria-live": "polite" });
  const button = (kind, label) => h("button", { type: "button", class: `pk-button pk-do-${kind}`, click: () => card.ask(kind),
    blur: () => kind === "solution" && confirming(false) }, label);
  const buttons = { check: button("check", "Check"), hint: button("hint", "Hint"), new: button("new", "New numbers"), solution: button("solution", "Worked solution") };
  const bar = h("div", { class: "pk-buttons", role: "group", "aria-label": "What next" }, Object.values(buttons));
  const root = h("div", { class: "pk-card", role: "group", "aria-labelledby": title.id,
    "data-jp-suppress-context-menu": "true" },
    h("div", { class: "pk-head" }, title, about), notice, body, note, bar, error, verdictBox, hints, solution, live);

  const card = {
    ids,
    note: (said) => { note.textContent = said; },
    announce: (said) => { live.textContent = said === live.textContent ? `${said}\u00a0` : said; },
    edited(one) {                                 // the sign of an answer goes when the answer changes
      one?.paint(null);
      model.set("answers", collect());
      model.save_changes();
    },
    ask,
  };
  const collect = () => Object.fromEntries(parts.map((part) => [part.id, part.read()]));

  function confirming(on) {
    asking = on;
    buttons.solution.textContent = on ? "Show it: this spends these numbers’ credit" : "Worked solution";
  }

  function busy(on) {
    bar.setAttribute("aria-busy", String(on));
    for (const one of Object.values(buttons)) one.setAttribute("aria-disabled", String(on));
    if (!on) buttons.hint.setAttribute("aria-disabled", String(!(model.get("view")?.hints_left > 0)));
  }

  function fail(said) {
    error.textContent = said;
    if (said) card.announce(said);
  }

  function ask(kind) {
    const view = record(model.get("view"));
    if (pending || (kind === "hint" && !(view.hints_left > 0))) return;
    if (kind === "solution" && view.solution) return solution.focus();
    if (kind === "solution" && !view.spent && !asking) {
      confirming(true);
      return card.announce("Press once more to show the worked solution. It spends these numbers’ credit.");
    }
    confirming(false);
    seq += 1;
    pending = { kind, seq, timer: setTimeout(() => { answered(); fail(SILENT); }, PATIENCE) };
    busy(true);
    try {
      if (kind === "check") {
        model.set("answers", collect());
        model.save_changes();
        model.send({ do: "check", answers: collect(), seq });
      } else model.send({ do: kind, seq });
    } catch {
      answered();
      fail(SILENT);
    }
  }

  function answered() {
    clearTimeout(pending?.timer);
    pending = null;
    busy(false);
  }

  function onMessage(message) {
    const { done, error: said } = record(message);
    if (done !== undefined && done !== null && done !== seq) return;     // for another view of this card
    const kind = pending?.kind;
    answered();
    fail(text(said));
    if (kind === "new") parts.find((part) => part.first)?.first.focus();
    if (kind === "solution" && solution.firstChild) solution.focus();
  }

  function showView() {
    const view = record(model.get("view"));
    const { hints: _h, hints_left: _l, solution: _s, spent: _p, ...fixed } = view;
    const now = JSON.stringify(fixed);
    if (now !== shown) {
      if (shown) card.announce(`${text(view.title)}: ${text(view.variant)}`);
      shown = now;
      build(view);
    }
    const said = [`Level ${text(view.level)}`, `${text(view.minutes)} min`, text(view.figures), text(view.variant)];
    about.textContent = said.concat(view.spent ? ["solution seen, no credit"] : []).filter(Boolean).join(" · ");
    const before = hints.querySelectorAll("li").length, after = list(view.hints);
    hints.replaceChildren(...steps(after.length > 1 ? "Hints" : "Hint", after));
    if (after.length > before && pending?.kind === "hint") card.announce(`Hint: ${text(after.at(-1))}`);
    buttons.hint.textContent = after.length && !view.hints_left ? "Hint (none left)" : "Hint";
    solution.replaceChildren(...steps("Worked solution", view.solution));
    if (!pending) busy(false);
  }

  function build(view) {
    title.textContent = text(view.title);
    notice.textContent = text(view.notice);
    parts = list(view.parts).map((part) => {
      const feedback = h("div", { class: "pk-feedback", id: ids() });
      return { id: part.id, label: text(part.label), feedback, ...makePart(card, part, feedback.id) };
    });
    const wide = list(view.parts).some((part) => list(part.columns).length > 3);
    root.classList.toggle("pk-wide", wide);
    body.replaceChildren(...list(view.prompt).map((line) => h("p", {}, text(line))), ...givenParts(view.given),
      ...steps("The first steps, worked", view.given_steps), ...parts.map((part) => part.el));
    showAnswers();
    showVerdict();
  }

  function showAnswers() {
    const answers = record(model.get("answers"));
    for (const part of parts) part.write(answers[part.id]);
  }

  function showVerdict() {
    const verdict = model.get("verdict"), judged = record(verdict?.parts);
    const lines = [];
    for (const part of parts) {
      const one = judged[part.id];
      part.paint(one ?? null);
      part.feedback.replaceChildren();
      delete part.feedback.dataset.state;
      if (!one) continue;
      part.feedback.dataset.state = one.state;
      const [mark, word] = STATES[one.state] ?? ["", ""];
      const title = text(one.title) || word;
      const reading = one.reading ? `${one.reading[0].toUpperCase()}${one.reading.slice(1)}.` : "";
      const small = [reading, one.exact ? `Exact value: ${one.exact}.` : ""].filter(Boolean).join(" ");
      const name = parts.length > 1 ? `${part.label}${/[.?!:]$/.test(part.label) ? "" : ":"} ` : null;
      if (name || `${title}.` !== verdict.headline)      // a lone part does not repeat the headline
        part.feedback.append(h("div", {}, h("span", { class: "pk-mark", "aria-hidden": "true" }, mark), name, h("strong", {}, title)));
      for (const said of [one.text, small]) if (said) part.feedback.append(h("div", { class: "pk-said" }, text(said)));
      for (const reason of part.reasons?.(one) ?? [])
        part.feedback.append(h("div", { class: "pk-said" }, h("span", { class: "pk-mark", "aria-hidden": "true" }, STATES[reason.state]?.[0] ?? ""),
          `${reason.where}: ${reason.text}`));
      lines.push(part.feedback);
    }
    verdictBox.replaceChildren();
    delete verdictBox.dataset.state;
    if (!verdict) { verdictBox.append(...parts.map((part) => part.feedback)); return; }
    verdictBox.dataset.state = verdict.state;
    const [mark] = STATES[verdict.state] ?? [""];
    verdictBox.append(h("div", { class: "pk-headline" }, h("span", { class: "pk-mark", "aria-hidden": "true" }, mark), text(verdict.headline)),
      ...parts.map((part) => part.feedback), ...(verdict.next ? [h("div", { class: "pk-next" }, text(verdict.next))] : []));
  }

  function sayVerdict() {
    showVerdict();
    const verdict = model.get("verdict");
    if (!verdict) return;
    const said = parts.map((part) => [part.label, record(verdict.parts)[part.id]]).filter(([, one]) => one)
      .map(([label, one]) => `${label}: ${[one.title, one.text].filter(Boolean).join(". ")}`);
    card.announce([`Check ${text(verdict.count)}. ${text(verdict.headline)}`, ...said, text(verdict.next)].filter(Boolean).join(" "));
  }

  for (const kind of KEPT) root.addEventListener(kind, (event) => {
    const control = kind === "keydown" && (event.ctrlKey || event.metaKey);
    if (control && event.key === "Enter") { event.preventDefault(); ask("check"); }
    if (!(control && event.key.toLowerCase() === "s")) event.stopPropagation();      // Lab may save
  });
  const heard = [["change:view", showView], ["change:answers", showAnswers], ["change:verdict", sayVerdict], ["msg:custom", onMessage]];
  for (const [name, listener] of heard) model.on(name, listener);
  el.append(root);
  showView();
  return () => {
    clearTimeout(pending?.timer);
    for (const [name, listener] of heard) model.off(name, listener);
  };
}

export default { render };
