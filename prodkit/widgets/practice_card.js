// The list above a practice card: which problem, and "Pick for me". It follows parts.js and card.js in
// one module; the card beneath is the same as everywhere, and hears of another problem by its traits.

function renderPractice({ model, el }) {
  const id = `pk${Math.random().toString(36).slice(2, 10)}`;
  let pending = null, seq = Math.floor(Math.random() * 1e9);
  const title = h("div", { class: "pk-title", id: `${id}-title` }, "Practice");
  const choice = h("select", { class: "pk-choice", id: `${id}-choice`, change: () => ask({ do: "pick", problem: choice.value }) });
  const mix = h("button", { type: "button", class: "pk-button", click: () => ask({ do: "mix" }) }, "Pick for me");
  const said = h("div", { class: "pk-small", role: "status", "aria-live": "polite" });
  const error = h("div", { class: "pk-error", role: "alert" });
  const head = h("div", { class: "pk-card pk-practice", role: "group", "aria-labelledby": title.id, "data-jp-suppress-context-menu": "true" },
    h("div", { class: "pk-head" }, title, said),
    h("div", { class: "pk-pick" }, h("label", { for: choice.id }, "Problem"), choice, mix), error);

  function ask(message) {
    seq += 1;
    clearTimeout(pending?.timer);
    pending = { seq, timer: setTimeout(() => { pending = null; error.textContent = SILENT; }, PATIENCE) };
    error.textContent = "";
    try {
      model.send({ ...message, seq });
    } catch {
      clearTimeout(pending.timer);
      error.textContent = SILENT;
    }
  }

  function onMessage(message) {
    const { done, error: fault } = record(message);
    if (done !== seq || !pending) return;
    clearTimeout(pending.timer);
    pending = null;
    error.textContent = text(fault);
  }

  function show() {
    const offer = record(model.get("offer"));
    const hidden = h("option", { value: "" }, "Picked for you: say first which method");
    choice.replaceChildren(...(offer.picked ? [] : [hidden]), ...list(offer.groups).map((group) => h("optgroup", { label: text(group.label) },
      ...list(group.problems).map((one) => h("option", { value: text(one.id) }, `${one.right ? "✓ right · " : ""}${text(one.text)}`)))));
    choice.value = text(offer.picked);
    if (said.textContent !== offer.said) said.textContent = text(offer.said);
  }

  for (const kind of KEPT) head.addEventListener(kind, (event) => {
    const save = kind === "keydown" && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!save) event.stopPropagation();
  });
  model.on("change:offer", show);
  model.on("msg:custom", onMessage);
  show();
  el.append(head);
  const stop = render({ model, el });
  return () => {
    clearTimeout(pending?.timer);
    model.off("change:offer", show);
    model.off("msg:custom", onMessage);
    stop();
  };
}

export default { render: renderPractice };
