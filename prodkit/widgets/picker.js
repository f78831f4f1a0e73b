// The plant picker. It follows parts.js in one module. Python knows the plants and keeps the choice.

const PATIENCE = 8000;    // ms until Python counts as silent
const SILENT = "No answer from Python. Run the lesson: menu Kernel → Restart Kernel and Run All Cells.";
const KEPT = ["keydown", "keyup", "keypress", "paste", "copy", "cut"];   // Lab must not see these

function render({ model, el }) {
  const id = `pk${Math.random().toString(36).slice(2, 10)}`;
  let timer = null, seq = Math.floor(Math.random() * 1e9);
  const title = h("div", { class: "pk-title", id: `${id}-title` }, "The plant of your course");
  const choice = h("select", { class: "pk-choice", id: `${id}-choice`, change: () => ask({ do: "choose", plant: choice.value }) });
  const look = h("button", { type: "button", class: "pk-button", click: () => ask({ do: "look" }) }, "Look again");
  const said = h("p", { class: "pk-said", role: "status", "aria-live": "polite" });
  const error = h("div", { class: "pk-error pk-lines", role: "alert" });
  const root = h("div", { class: "pk-card pk-picker", role: "group", "aria-labelledby": title.id, "data-jp-suppress-context-menu": "true" },
    h("div", { class: "pk-head" }, title),
    h("div", { class: "pk-pick" }, h("label", { for: choice.id }, "Plant"), choice, look), said, error);

  function ask(message) {
    seq += 1;
    clearTimeout(timer);
    timer = setTimeout(() => { error.textContent = SILENT; }, PATIENCE);
    try {
      model.send({ ...message, seq });
    } catch {
      clearTimeout(timer);
      error.textContent = SILENT;
    }
  }

  function onMessage(message) {
    if (record(message).done !== seq) return;
    clearTimeout(timer);
    show();
  }

  function show() {
    const offer = record(model.get("offer"));
    choice.replaceChildren(...Object.entries(record(offer.names)).map(([name, label]) => h("option", { value: name }, text(label))));
    choice.value = text(offer.picked);
    if (said.textContent !== offer.said) said.textContent = text(offer.said);
    error.textContent = text(offer.fault);
  }

  for (const kind of KEPT) root.addEventListener(kind, (event) => {
    const save = kind === "keydown" && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!save) event.stopPropagation();
  });
  model.on("change:offer", show);
  model.on("msg:custom", onMessage);
  show();
  el.append(root);
  return () => {
    clearTimeout(timer);
    model.off("change:offer", show);
    model.off("msg:custom", onMessage);
  };
}

export default { render };
