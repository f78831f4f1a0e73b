// A stand-in for the widget model that anywidget hands to the card.
window.Model = class Model {
  constructor(state) { this.state = state; this.heard = {}; this.sent = []; this.saved = 0; this.mute = false; }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
    this.state[name] = value;
    this.fire(`change:${name}`);
  }
  on(name, listener) { (this.heard[name] ??= []).push(listener); }
  off(name, listener) { this.heard[name] = (this.heard[name] ?? []).filter((one) => one !== listener); }
  fire(name, ...rest) { for (const listener of [...(this.heard[name] ?? [])]) listener(...rest); }
  save_changes() { this.saved += 1; }
  send(content) {
    if (this.closed) throw new Error("closed");
    this.sent.push(JSON.parse(JSON.stringify(content)));
    if (!this.mute) setTimeout(() => this.reply(content), 5);
  }
  reply(content) {
    for (const [name, value] of Object.entries(this.next ?? {})) this.set(name, value);
    this.fire("msg:custom", { done: content.seq, ...(this.error ? { error: this.error } : {}) });
  }
};
