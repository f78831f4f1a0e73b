// The parts of a card: inputs, grids, choices and orders, and what is given. card.py puts this file
// before card.js and hands both to the browser as one module (anywidget takes one).
// Whatever comes from Python or from the learner is plain text: it reaches the page through text
// nodes and attribute values only, never as markup.

const STATES = {
  right: ["✓", "Right"],
  partly: ["◐", "Partly right"],
  wrong: ["✗", "Not yet"],
  unreadable: ["?", "Not readable"],
  empty: ["–", "Empty"],
};
const LONGEST = 10000;    // characters sent of one answer

// ---- small tools

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const text = (value) => (value === null || value === undefined ? "" : String(value));
const list = (value) => (Array.isArray(value) ? value : []);
const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
const lower = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);
const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;

// A box that scrolls sideways on its own when its content is too wide, and then can be focused.
function scrollBox(name, content) {
  const box = h("div", { class: "pk-scroll" }, content);
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth + 1) {
      for (const [key, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", name]])
        box.setAttribute(key, value);
    } else for (const key of ["tabindex", "role", "aria-label"]) box.removeAttribute(key);
  }).observe(box);
  return box;
}

// Sign, color and description of one judged thing; `target` carries the title for the mouse.
function marker(ids) {
  const sign = h("span", { class: "pk-sign", "aria-hidden": "true" });
  const words = h("span", { class: "pk-sr", id: ids() });
  return {
    nodes: [sign, words],
    id: words.id,
    paint(box, target, verdict) {
      const [mark, word] = STATES[verdict?.state] ?? ["", ""];
      const said = [word, text(verdict?.text)].filter(Boolean).join(": ");
      if (mark) box.dataset.state = verdict.state;
      else delete box.dataset.state;
      sign.textContent = mark;
      words.textContent = said;
      target.title = said;
      if (target.tagName === "INPUT" && target.type === "text") {
        if (["wrong", "unreadable"].includes(verdict?.state)) target.setAttribute("aria-invalid", "true");
        else target.removeAttribute("aria-invalid");
      }
    },
  };
}

// ---- inputs that behave like cells: a lone number is a sheet of one cell

function cell(card, name, describedBy, wide, words) {
  const mark = marker(card.ids);
  const input = h("input", {
    type: "text", inputmode: words ? "text" : "decimal", autocomplete: "off", spellcheck: "false", class: "pk-input",
    "aria-label": name, "aria-describedby": [...describedBy, mark.id].join(" "),
  });
  const box = h("span", { class: wide ? "pk-box pk-box-wide" : "pk-box" }, input, mark.nodes);
  return {
    name, input, box, reason: "",
    read: () => input.value.slice(0, LONGEST),
    write(value) {
      if (document.activeElement !== input && input.value !== text(value)) input.value = text(value);
    },
    paint(verdict) {
      mark.paint(box, input, verdict);
      this.reason = verdict?.text ? `${name}: ${verdict.text}` : "";
      if (document.activeElement === input) card.note(this.reason);
    },
  };
}

// `rows` holds cells, and null where the figure is given. `walks`: Enter moves on instead of checking.
function sheet(card, rows, walks) {
  let before = "";
  const at = (r, c) => rows[r]?.[c] ?? null;
  const step = (r, c, down, right) => {
    for (r += down, c += right; r >= 0 && c >= 0 && r < rows.length && c < rows[r].length; r += down, c += right)
      if (at(r, c)) return at(r, c);
    return null;
  };
  const nextDown = (r, c) => {                 // at the foot of a column, on to the head of the next
    for (let found = step(r, c, 1, 0); ; found = at(0, c) ?? step(0, c, 1, 0)) {
      if (found || c + 1 >= rows[r].length) return found;
      c += 1;
    }
  };

  function onKey(event, r, c) {
    const { input } = at(r, c);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart: from, selectionEnd: to, value } = input;
    const whole = from === 0 && to === value.length;
    let target = null;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!walks) return card.ask("check");
      target = event.shiftKey ? step(r, c, -1, 0) : nextDown(r, c);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (input.value !== before) { input.value = before; card.edited(at(r, c)); }
      input.select();
    } else if (event.key === "F2") {
      input.setSelectionRange(value.length, value.length);
    } else if (event.shiftKey) return;
    else if (event.key === "ArrowDown") target = step(r, c, 1, 0);
    else if (event.key === "ArrowUp") target = step(r, c, -1, 0);
    else if (event.key === "ArrowRight" && (whole || (from === to && to === value.length))) target = step(r, c, 0, 1);
    else if (event.key === "ArrowLeft" && (whole || (from === to && from === 0))) target = step(r, c, 0, -1);
    if (target) { event.preventDefault(); target.input.focus(); }
  }

  function onPaste(event, r, c) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\r\n]/.test(pasted)) return;      // one value: the browser's own paste will do
    event.preventDefault();
    const block = pasted.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    let filled = 0, given = 0, outside = 0;
    block.forEach((values, down) => values.forEach((value, right) => {
      const target = at(r + down, c + right);
      const fits = r + down < rows.length && c + right < rows[r + down].length;
      if (target) { target.input.value = value.trim(); target.paint(null); filled += 1; }
      else if (value.trim() && fits) given += 1;
      else if (value.trim()) outside += 1;
    }));
    card.edited(null);
    const said = [`Pasted: ${plural(filled, "cell", "cells")} filled.`];
    if (given) said.push(`${plural(given, "value", "values")} fell on given cells and were left out.`);
    if (outside) said.push(`${plural(outside, "value", "values")} did not fit and were left out.`);
    card.note(said.join(" "));
    card.announce(said.join(" "));
    at(r, c).input.select();
  }

  rows.forEach((cells, r) => cells.forEach((one, c) => {
    one?.input.addEventListener("focus", () => { before = one.input.value; one.input.select(); card.note(one.reason); });
    one?.input.addEventListener("blur", () => card.note(""));
    one?.input.addEventListener("mousedown", (event) => {     // the first click takes the cell, the next sets the caret
      if (document.activeElement !== one.input && event.button === 0) { event.preventDefault(); one.input.focus(); }
    });
    one?.input.addEventListener("keydown", (event) => onKey(event, r, c));
    one?.input.addEventListener("paste", (event) => onPaste(event, r, c));
    one?.input.addEventListener("input", () => card.edited(one));
  }));
}

// ---- the kinds of part: each gives {el, first, read, write, paint}

function field(card, part, feedback) {         // one labelled input with its unit
  const unit = h("span", { class: "pk-unit", id: card.ids() }, text(part.unit));
  const one = cell(card, text(part.label), [unit.id, feedback], true);
  one.input.id = card.ids();
  one.input.removeAttribute("aria-label");
  const label = h("label", { class: "pk-label", for: one.input.id }, text(part.label));
  return { el: h("div", { class: "pk-field" }, label, h("span", { class: "pk-entry" }, one.box, unit)), cell: one };
}

function numberPart(card, part, feedback) {
  const { el, cell: one } = field(card, part, feedback);
  sheet(card, [[one]], false);
  const paint = (verdict) => one.paint(verdict && { state: verdict.state });   // the reason stands in the feedback
  return { el, first: one.input, read: one.read, write: one.write, paint };
}

function planFields(card, part, feedback) {    // a plan without columns: one input a line
  const lines = list(part.lines);
  const fields = lines.map((line) => field(card, line, feedback));
  const cells = fields.map((one) => one.cell);
  const judged = (verdict) => lines.map((line) => record(verdict?.cells)[line.id] ?? null);
  sheet(card, cells.map((one) => [one]), false);
  return {
    el: h("fieldset", { class: "pk-set" }, h("legend", {}, text(part.label)), fields.map((one) => one.el)),
    first: cells[0]?.input,
    read: () => Object.fromEntries(lines.map((line, i) => [line.id, cells[i].read()])),
    write: (value) => lines.forEach((line, i) => cells[i].write(record(value)[line.id])),
    paint: (verdict) => judged(verdict).forEach((one, i) => cells[i].paint(one)),
    reasons: (verdict) => judged(verdict).flatMap((one, i) => (one?.text && one.state !== "right"
      ? [{ where: text(lines[i].label), state: one.state, text: one.text }] : [])),
  };
}

function gridPart(card, part, feedback) {
  const lines = list(part.lines), columns = list(part.columns), corner = text(part.corner);
  const hasStart = lines.some((line) => text(line.start) !== "");
  const given = (line, column) => line.open === false || list(line.closed).includes(column.id);
  const unit = (line) => text(line.unit) || list(line.choices).join(" / ");
  const name = (line, column) => {
    const label = text(column.label);
    const said = corner && !label.toLowerCase().startsWith(corner.toLowerCase()) ? `${corner} ${label}` : label;
    return `${text(line.label)}, ${lower(said)}`;
  };
  const rows = lines.map((line) => columns.map((column) =>
    (given(line, column) ? null : cell(card, name(line, column), [feedback], false, list(line.choices).length > 0))));
  const head = h("tr", {}, h("th", { scope: "col" }, corner || h("span", { class: "pk-sr" }, "Line")),
    hasStart ? h("th", { scope: "col" }, "Start") : null,
    columns.map((column) => h("th", { scope: "col" }, text(column.label))));
  const body = lines.map((line, r) => h("tr", {},
    h("th", { scope: "row" }, text(line.label), unit(line) ? h("span", { class: "pk-unit" }, ` ${unit(line)}`) : null),
    hasStart ? h("td", { class: text(line.start) && "pk-given" }, text(line.start)) : null,
    columns.map((column, c) => (rows[r][c] ? h("td", {}, rows[r][c].box)
      : h("td", { class: "pk-given" }, text(record(line.cells)[column.id]))))));
  sheet(card, rows, true);
  const title = h("div", { class: "pk-label", id: card.ids() }, text(part.label));
  const table = h("table", { class: ["pk-grid", columns.length > 6 && "pk-many", columns.length > 8 && "pk-most"].filter(Boolean).join(" "), "aria-labelledby": title.id }, h("thead", {}, head), h("tbody", {}, body));
  const each = (visit) => lines.forEach((line, r) => columns.forEach((column, c) => rows[r][c] && visit(rows[r][c], line.id, column.id)));
  return {
    el: h("div", { class: "pk-part" }, title, scrollBox(`${text(part.label)}, table`, table)),
    first: rows.flat().find(Boolean)?.input,
    read() {
      const answer = {};
      each((one, line, column) => { (answer[line] ??= {})[column] = one.read(); });
      return answer;
    },
    write: (value) => each((one, line, column) => one.write(record(record(value)[line])[column])),
    paint: (verdict) => each((one, line, column) => one.paint(record(record(verdict?.cells)[line])[column] ?? null)),
    reasons(verdict) {                           // the same reason of one line is said once, with its columns
      const said = new Map();
      each((one, line, column) => {
        const judged = record(record(verdict.cells)[line])[column];
        if (!judged?.text || !["wrong", "unreadable"].includes(judged.state) || text(verdict.text).includes(judged.text)) return;
        const key = `${line}\n${judged.text}`;
        if (said.has(key)) said.get(key).where += `, ${text(columns.find((other) => other.id === column).label)}`;
        else said.set(key, { where: one.name, state: judged.state, text: judged.text });
      });
      return [...said.values()];
    },
  };
}

function choicePart(card, part, feedback, several) {
  const group = card.ids();
  const options = list(part.options).map((option) => {
    const mark = marker(card.ids);
    const reason = h("span", { class: "pk-reason", "aria-hidden": "true" });
    const input = h("input", { type: several ? "checkbox" : "radio", name: group, "aria-describedby": `${mark.id} ${feedback}`,
      change: () => card.edited(null),
      keydown: (event) => { if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); card.ask("check"); } } });
    const label = h("label", {}, input, h("span", {}, text(option.text)));
    const el = h("div", { class: "pk-option" }, label, mark.nodes, reason);
    const paint = (verdict) => { mark.paint(el, label, verdict); reason.textContent = text(verdict?.text); };
    return { id: option.id, input, el, paint };
  });
  const chosen = () => options.filter((option) => option.input.checked).map((option) => option.id);
  const self = {
    el: h("fieldset", { class: "pk-set" }, h("legend", {}, text(part.label)),
      several ? h("div", { class: "pk-small" }, "More than one may be right.") : null, options.map((option) => option.el)),
    first: options[0]?.input,
    read: () => (several ? chosen() : chosen()[0] ?? ""),
    write(value) {
      const ids = several ? list(value) : [value];
      for (const option of options) option.input.checked = ids.includes(option.id);
    },
    paint(verdict) {
      const cells = record(verdict?.cells);
      for (const option of options)
        option.paint(cells[option.id] ?? (!several && verdict && option.input.checked ? { state: verdict.state } : null));
    },
  };
  for (const option of options) option.input.addEventListener("change", () => self.paint(null));
  return self;
}

function orderPart(card, part, feedback) {
  const start = list(part.items).map((item) => item.id);
  const help = h("div", { class: "pk-small", id: card.ids() },
    "Move a row with its buttons, by dragging it, or with Alt and the up and down arrows.");
  const title = h("div", { class: "pk-label", id: card.ids() }, text(part.label));
  const end = (i) => (list(part.ends)[i] ? h("div", { class: "pk-small" }, text(part.ends[i])) : null);
  const box = h("ol", { class: "pk-order", "aria-labelledby": title.id, "aria-describedby": `${help.id} ${feedback}` });
  let touched = false;

  function move(row, to, quiet) {
    const all = [...rows].sort((a, b) => a.place - b.place), from = row.place;
    to = Math.max(0, Math.min(all.length - 1, to));
    if (to === from) return;
    let last = row.el;                          // the others move around the row, so that it keeps its focus
    if (to < from) for (const other of all.slice(to, from)) { last.after(other.el); last = other.el; }
    else for (const other of all.slice(from + 1, to + 1)) row.el.before(other.el);
    settle();
    touched = true;
    self.paint(null);
    card.edited(null);
    if (!quiet) say(row);
  }
  const say = (row) => card.announce(`${row.name}, now ${row.place + 1} of ${rows.length}`);
  function settle() {
    const order = [...box.children];
    for (const row of rows) {
      row.place = order.indexOf(row.el);
      row.up.disabled = row.place === 0;
      row.down.disabled = row.place === rows.length - 1;
    }
  }

  const rows = list(part.items).map((item) => {
    const mark = marker(card.ids), name = text(item.text);
    const row = { id: item.id, name, mark, place: 0 };
    const shift = (by) => () => { move(row, row.place + by); row.el.focus(); };
    row.up = h("button", { type: "button", tabindex: "-1", "aria-label": `Move ${name} up`, click: shift(-1) }, "▲");
    row.down = h("button", { type: "button", tabindex: "-1", "aria-label": `Move ${name} down`, click: shift(1) }, "▼");
    row.reason = h("span", { class: "pk-reason", "aria-hidden": "true" });
    row.el = h("li", { tabindex: "0", "aria-describedby": mark.id },
      h("span", { class: "pk-handle", "aria-hidden": "true" }, "⠿"), h("span", { class: "pk-item" }, name),
      h("span", { class: "pk-unit" }, text(item.note)), mark.nodes, row.up, row.down, row.reason);
    row.el.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (event.altKey) move(row, row.place + by);
      else box.children[row.place + by]?.focus();
    });
    row.el.addEventListener("pointerdown", (event) => {
      const byHandle = event.target.classList.contains("pk-handle");
      if (event.button !== 0 || event.target.closest("button") || (event.pointerType !== "mouse" && !byHandle)) return;
      event.preventDefault();
      const from = row.place;
      row.el.focus();
      row.el.setPointerCapture(event.pointerId);
      row.el.classList.add("pk-dragged");
      const follow = (moved) => {
        const to = [...box.children].findIndex((el) => moved.clientY < el.getBoundingClientRect().bottom);
        move(row, to < 0 ? rows.length - 1 : to, true);
      };
      row.el.addEventListener("pointermove", follow);
      row.el.addEventListener("lostpointercapture", () => {
        row.el.removeEventListener("pointermove", follow);
        row.el.classList.remove("pk-dragged");
        if (row.place !== from) say(row);
      }, { once: true });
    });
    return row;
  });
  box.append(...rows.map((row) => row.el));
  settle();

  const self = {
    el: h("div", { class: "pk-part" }, title, help, end(0), box, end(1)),
    first: rows[0]?.el,
    read: () => (touched ? [...box.children].map((el) => rows.find((row) => row.el === el).id) : null),
    write(value) {
      const ids = list(value), known = ids.length === start.length && start.every((id) => ids.includes(id));
      touched = known;
      const wanted = known ? ids : start;
      if (wanted.every((id, i) => rows.find((row) => row.id === id).place === i)) return;
      box.append(...wanted.map((id) => rows.find((row) => row.id === id).el));
      settle();
    },
    paint(verdict) {
      for (const row of rows) {
        const judged = record(verdict?.cells)[row.id] ?? null;
        row.mark.paint(row.el, row.el, judged);
        row.reason.textContent = text(judged?.text);
      }
    },
  };
  return self;
}

function makePart(card, part, feedback) {
  if (part.kind === "grid" || (part.kind === "plan" && list(part.columns).length)) return gridPart(card, part, feedback);
  if (part.kind === "plan") return planFields(card, part, feedback);
  if (part.kind === "order") return orderPart(card, part, feedback);
  if (part.kind === "choice" || part.kind === "choices") return choicePart(card, part, feedback, part.kind === "choices");
  return numberPart(card, part, feedback);
}

// ---- what is given

function givenTable(entry) {
  const columns = list(entry.columns);
  const numeric = columns.map((_, c) => list(entry.rows).every((row) => /^[^A-Za-z]*$/.test(text(row[c]))));
  const side = (c) => ({ class: numeric[c] ? "pk-figure" : null });
  const head = columns.map((column, c) => h("th", { scope: "col", ...side(c) }, text(column.label),
    column.unit ? h("span", { class: "pk-unit" }, ` ${column.unit}`) : null));
  const table = h("table", { class: "pk-table" }, entry.label ? h("caption", {}, text(entry.label)) : null,
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, list(entry.rows).map((row) => h("tr", {}, list(row).map((value, c) => h("td", side(c), text(value)))))));
  return scrollBox(text(entry.label) || "Given", table);
}

function givenParts(given) {                      // facts that follow each other stand in one table
  const blocks = [];
  let facts = null;
  for (const entry of list(given)) {
    if (entry.kind === "table") { blocks.push(givenTable(entry)); facts = null; continue; }
    if (!facts) { facts = h("tbody"); blocks.push(scrollBox("Given", h("table", { class: "pk-facts", "aria-label": "Given" }, facts))); }
    facts.append(h("tr", {}, h("th", { scope: "row" }, text(entry.label)),
      h("td", { class: "pk-figure" }, text(entry.value)), h("td", { class: "pk-unit" }, text(entry.unit))));
  }
  return blocks;
}

const steps = (name, lines) => (list(lines).length
  ? [h("div", { class: "pk-label" }, name), h("ol", { class: lines.length > 1 ? "pk-steps" : "pk-step" }, lines.map((line) => h("li", {}, text(line))))] : []);
