// An explorer: dials, a picture, figures, targets. Python computes; this shows and sends.
// While a slider moves, one message at a time is under way, and the latest position follows it.

const PATIENCE = 8000;    // ms until Python counts as silent
const SILENT = "No answer from Python. Run the lesson: menu Kernel → Restart Kernel and Run All Cells.";
const KEPT = ["keydown", "keyup", "keypress", "paste", "copy", "cut"];   // Lab must not see these

function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const uid = `pk${Math.random().toString(36).slice(2, 10)}`;
  const view = model.get("view");
  let seq = Math.floor(Math.random() * 1e9), pending = null, next = null, timer = null, moved = "";

  const error = h("div", { class: "pk-error" });
  const live = h("div", { class: "pk-sr", role: "status", "aria-live": "polite" });
  const picture = h("img", { class: "pk-picture", width: "768", height: "432" });
  const rows = h("tbody");
  const targets = h("ul", { class: "pk-targets" });
  const dials = view.dials.map((one) => one.lanes ? boardOf(one) : one.options ? pickOf(one) : dialOf(one));
  const bar = h("div", { class: "pk-buttons", "aria-busy": "false" },
    h("button", { type: "button", class: "pk-button pk-do-reset", click: () => send({ do: "reset" }) }, "Reset"));
  const title = h("div", { class: "pk-title", id: `${uid}-title` }, view.title);
  const root = h("div", { class: "pk-card pk-explorer", role: "group", "aria-labelledby": title.id, "data-jp-suppress-context-menu": "true" },
    h("div", { class: "pk-head" }, title),
    h("div", { class: "pk-notice" }, view.notice),
    h("p", { class: "pk-about-it" }, view.about),
    h("div", { class: "pk-aims", role: "group", "aria-label": "Targets" }, targets),
    h("div", { class: "pk-dials", role: "group", "aria-label": "Dials" }, ...dials.map((one) => one.node)),
    picture,
    h("table", { class: "pk-table pk-rows" },
      h("caption", { class: "pk-sr" }, "Figures"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Figure"), h("th", { scope: "col", class: "pk-figure" }, "Now"),
        h("th", { scope: "col", class: "pk-figure" }, "At the start"))),
      rows),
    error, bar, live);

  function dialOf(dial) {
    const label = h("label", { for: `${uid}-${dial.id}`, class: "pk-dial-name" }, dial.label);
    const fault = h("div", { class: "pk-fault", id: `${uid}-${dial.id}-fault` });
    const places = (String(dial.step).split(".")[1] ?? "").length;
    const shown = (value) => Number(value).toLocaleString("en-US", { maximumFractionDigits: places });
    const slider = h("input", { type: "range", class: "pk-slider", "aria-label": `${dial.label}, slider`, min: dial.low, max: dial.high, step: dial.step,
      input: () => slide(false), change: () => slide(true) });
    const field = h("input", { type: "text", class: "pk-input", id: `${uid}-${dial.id}`, inputmode: "decimal", autocomplete: "off",
      spellcheck: "false", maxlength: "200", change: type,
      keydown: (event) => {
        if (event.key === "Enter") type();
        if (event.key === "Escape") send({ do: "set", values: { [dial.id]: model.get("state").values[dial.id] / dial.scale }, settled: false });
      } });
    let last = "";
    function say(value) { slider.setAttribute("aria-valuetext", `${shown(value)} ${dial.unit}`.trim()); }
    function slide(settled) {
      field.value = last = shown(slider.value);
      say(slider.value);
      send({ do: "set", values: { [dial.id]: Number(slider.value) / dial.scale }, settled });
    }
    function type() {
      if (field.value === last) return;
      last = field.value;
      send({ do: "set", values: { [dial.id]: field.value }, settled: true });
    }
    function show() {
      const state = model.get("state");
      const wrong = state.faults[dial.id] ?? "";
      slider.value = state.values[dial.id];
      say(state.values[dial.id]);
      field.value = last = state.texts[dial.id];
      fault.textContent = wrong;
      field.setAttribute("aria-invalid", String(Boolean(wrong)));
      if (wrong) field.setAttribute("aria-describedby", fault.id); else field.removeAttribute("aria-describedby");
    }
    const node = h("div", { class: "pk-dial" }, label, slider,
      h("span", { class: "pk-entry" }, field, h("span", { class: "pk-unit" }, dial.unit)), fault);
    return { node, show };
  }

  function pickOf(pick) {
    const chosen = () => pick.many ? boxes.filter((box) => box.checked).map((box) => box.value) : list.value;
    const change = () => send({ do: "set", values: { [pick.id]: chosen() }, settled: true });
    const boxes = !pick.many ? [] : pick.options.map((one) => h("input", { type: "checkbox", value: one.id, change }));
    const list = pick.many ? null : h("select", { class: "pk-choice", id: `${uid}-${pick.id}`, change },
      ...pick.options.map((one) => h("option", { value: one.id }, one.text)));
    function show() {
      const value = model.get("state").values[pick.id];
      if (list) list.value = value;
      for (const box of boxes) box.checked = value.includes(box.value);
    }
    const node = pick.many
      ? h("fieldset", { class: "pk-dial pk-ticks" }, h("legend", { class: "pk-dial-name" }, pick.label),
          ...boxes.map((box, i) => h("label", { class: "pk-tick" }, box, pick.options[i].text)))
      : h("div", { class: "pk-dial" }, h("label", { for: `${uid}-${pick.id}`, class: "pk-dial-name" }, pick.label), list);
    return { node, show };
  }

  // Chips in lanes: arrows go from one to the next, Alt with an arrow or the mouse takes the chip along.
  function boardOf(board) {
    const name = h("div", { class: "pk-label", id: `${uid}-${board.id}` }, board.label);
    const help = h("div", { class: "pk-small", id: `${uid}-${board.id}-help` },
      `Drag a chip, or go to it with the arrow keys and move it with Alt and ${board.single ? "the up and down arrows; two change places" : board.lanes.length > 1 && !board.fixed ? "an arrow" : "the left and right arrows"}.`);
    const fault = h("div", { class: "pk-fault" });
    const lanes = board.lanes.map((lane, i) => {
      const note = h("div", { class: "pk-lane-note pk-unit" });
      const title = h("div", { class: "pk-lane-name", id: `${uid}-${board.id}-lane${i}` }, lane.text);
      const box = h("ol", { class: "pk-lane", "aria-labelledby": title.id, "aria-describedby": help.id });
      return { ...lane, box, note, el: h("div", { class: "pk-lane-row" }, board.lanes.length > 1 ? title : h("div", { class: "pk-sr", id: title.id }, lane.text), box, note) };
    });
    const chips = new Map(board.chips.map((chip, i) => {
      const words = h("span", { class: "pk-sr", id: `${uid}-${board.id}-chip${i}` });
      const sign = h("span", { class: "pk-sign", "aria-hidden": "true" });
      const el = h("li", { class: "pk-chip", tabindex: "-1", "aria-describedby": words.id, focus: () => hold(chip.id),
        keydown: (event) => press(chip.id, event), pointerdown: (event) => drag(chip.id, event) },
        h("span", {}, chip.text), h("span", { class: "pk-unit" }, chip.note), sign, words);
      return [chip.id, { ...chip, el, sign, words }];
    }));
    const placed = () => Object.fromEntries(lanes.map((lane) => [lane.id, [...lane.box.children].map(idOf)]));
    const idOf = (el) => [...chips.values()].find((chip) => chip.el === el).id;
    const laneOf = (id) => lanes.findIndex((lane) => lane.box === chips.get(id).el.parentElement);
    function hold(id) { for (const chip of chips.values()) chip.el.setAttribute("tabindex", chip.id === id ? "0" : "-1"); }
    function put(id, to, place) {
      const el = chips.get(id).el, others = [...lanes[to].box.children].filter((one) => one !== el);
      const had = document.activeElement === el;
      if (board.single && others.length) el.parentElement.append(...others);   // they change places
      else if (others[place]) others[place].before(el);
      if (!others[place] || board.single) lanes[to].box.append(el);
      if (had) el.focus();
    }
    function tell(id) {
      const lane = lanes[laneOf(id)], row = [...lane.box.children];
      moved = `${chips.get(id).text}, now ${row.indexOf(chips.get(id).el) + 1} of ${row.length}${lanes.length > 1 ? ` in ${lane.text}` : ""}.`;
      send({ do: "set", values: { [board.id]: placed() }, settled: true });
    }
    function press(id, event) {
      const [across, along] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key] ?? [0, 0];
      if (!(across || along) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const at = laneOf(id), row = [...lanes[at].box.children], place = row.indexOf(chips.get(id).el);
      if (event.altKey) {
        if (along && row[place + along]) put(id, at, place + along);
        else if (across && !board.fixed && lanes[at + across]) put(id, at + across, Math.min(place, lanes[at + across].box.children.length));
        else return;
        chips.get(id).el.focus();
        tell(id);
      } else if (along) row[place + along]?.focus();
      else for (let i = at + across; lanes[i]; i += across) if (lanes[i].box.children.length) {
        lanes[i].box.children[Math.min(place, lanes[i].box.children.length - 1)].focus();
        break;
      }
    }
    function drag(id, event) {
      if (event.button !== 0) return;
      event.preventDefault();
      const el = chips.get(id).el, before = JSON.stringify(placed()), home = laneOf(id);
      el.focus();
      el.classList.add("pk-dragged");
      const follow = (at) => {
        let to = lanes.findIndex((lane) => at.clientY < lane.box.getBoundingClientRect().bottom);
        if (to < 0) to = lanes.length - 1;
        if (board.fixed) to = laneOf(id);
        if (board.single && to !== laneOf(id) && laneOf(id) !== home) put(id, home, 0);   // it never changed places on its way
        const others = [...lanes[to].box.children].filter((one) => one !== el);
        const place = others.findIndex((one) => {
          const box = one.getBoundingClientRect();
          return at.clientY < box.top || (at.clientY < box.bottom && at.clientX < box.left + box.width / 2);
        });
        const wanted = place < 0 ? others.length : place;
        if (el.parentElement !== lanes[to].box || [...lanes[to].box.children].indexOf(el) !== wanted) put(id, to, wanted);
      };
      const stop = () => {
        for (const [kind, what] of [["pointermove", follow], ["pointerup", stop], ["pointercancel", stop]]) window.removeEventListener(kind, what);
        el.classList.remove("pk-dragged");
        if (JSON.stringify(placed()) !== before) tell(id);
      };
      for (const [kind, what] of [["pointermove", follow], ["pointerup", stop], ["pointercancel", stop]]) window.addEventListener(kind, what);
    }
    function show() {
      const state = model.get("state"), value = state.values[board.id], marks = state.boards[board.id];
      if (JSON.stringify(placed()) !== JSON.stringify(value)) {
        const held = [...chips.values()].find((chip) => chip.el === document.activeElement);
        for (const lane of lanes) lane.box.append(...value[lane.id].map((id) => chips.get(id).el));
        held?.el.focus();
      }
      if (![...chips.values()].some((chip) => chip.el.getAttribute("tabindex") === "0")) hold(lanes.flatMap((lane) => value[lane.id])[0]);
      for (const lane of lanes) {
        lane.note.textContent = marks.notes[lane.id] ?? "";
        if (lane.note.textContent.startsWith("✗")) lane.note.dataset.state = "wrong"; else delete lane.note.dataset.state;
      }
      for (const chip of chips.values()) {
        const wrong = marks.faults[chip.id] ?? "";
        if (wrong) chip.el.dataset.state = "wrong"; else delete chip.el.dataset.state;
        chip.sign.textContent = wrong ? "✗" : "";
        chip.words.textContent = wrong;
        chip.el.title = wrong;
      }
      fault.textContent = state.faults[board.id] ?? [...new Set(Object.values(marks.faults))].join(" ");
    }
    const node = h("div", { class: "pk-board", role: "group", "aria-labelledby": name.id }, name, help, ...lanes.map((lane) => lane.el), fault);
    return { node, show };
  }

  function send(message) {
    if (pending !== null) {
      const older = next?.do === "set" && message.do === "set" ? next : {};
      next = { ...message, values: { ...older.values, ...message.values }, settled: message.settled || older.settled || false };
      return;
    }
    pending = seq += 1;
    bar.setAttribute("aria-busy", "true");
    timer = setTimeout(silent, PATIENCE);
    try { model.send({ ...message, seq }); } catch { silent(); }
  }

  function silent() {
    clearTimeout(timer);
    pending = next = null;
    bar.setAttribute("aria-busy", "false");
    error.textContent = SILENT;
    announce(SILENT);
  }

  function onMessage(message) {
    if (pending === null || message?.done !== pending) return;
    clearTimeout(timer);
    pending = null;
    const later = next;
    next = null;
    if (later) return send(later);
    bar.setAttribute("aria-busy", "false");
    showState();
    const state = model.get("state");
    const news = state.targets.filter((one) => one.reached).map((one) => `Target reached: ${one.task} ${one.learned}`);
    const wrong = Object.values(state.boards).flatMap((board) => Object.values(board.faults));
    announce([moved, ...Object.values(state.faults), ...wrong, state.error, state.finding, ...news].filter(Boolean).join(" "));
    moved = "";
  }

  function announce(said) { live.textContent = said === live.textContent ? `${said}\u00a0` : said; }

  function showState() {
    const state = model.get("state");
    if (pending === null) for (const one of dials) one.show();
    picture.src = state.picture;
    picture.alt = state.alt;
    rows.replaceChildren(...state.figures.map(([label, now, then]) => h("tr", {}, h("th", { scope: "row" }, label),
      h("td", { class: "pk-figure" }, now), h("td", { class: "pk-figure pk-then" }, then))));
    const said = JSON.stringify(state.targets);
    if (targets.dataset.said !== said) {
      targets.dataset.said = said;
      targets.replaceChildren(...state.targets.map((one) => h("li", { "data-state": one.reached ? "right" : "open" },
        h("span", { class: "pk-mark" }, one.reached ? "✓" : "○"),
        h("span", {}, one.reached ? h("strong", {}, "Reached. ") : "", one.task, one.learned ? h("span", { class: "pk-learned" }, one.learned) : ""))));
    }
    error.textContent = state.error;
  }

  for (const kind of KEPT) root.addEventListener(kind, (event) => {
    if (!(kind === "keydown" && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s")) event.stopPropagation();
  });
  model.on("change:state", showState);
  model.on("msg:custom", onMessage);
  el.append(root);
  showState();
  return () => {
    clearTimeout(timer);
    model.off("change:state", showState);
    model.off("msg:custom", onMessage);
  };
}

export default { render };
