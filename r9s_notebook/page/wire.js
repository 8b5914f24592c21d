// Questions to the kernel, and its answers. An answer goes to every page that shows the notebook; a ticket says whose.

const SLOW_MS = 1500;

/** What went wrong, as the kernel's own sentence. */
export class Trouble extends Error {
  constructor(message, gone) {
    super(message);
    this.gone = gone;
  }
}

/** An answer: its JSON, and the pictures that it names. */
export class Answer {
  constructor(content, buffers) {
    Object.assign(this, content);
    this.buffers = buffers;
  }

  blob(named) {
    return named ? new Blob([this.buffers[named.at]], { type: named.type }) : null;
  }
}

export class Wire {
  /**
   * `onSlow(true)` is called when an answer is long in coming, `onSlow(false)` when all are there; `onMessage` for
   * whatever the kernel says unasked.
   */
  constructor(model, { onMessage, onSlow = () => {} }) {
    this.model = model;
    this.onSlow = onSlow;
    this.page = Math.random().toString(36).slice(2);
    this.number = 0;
    this.waiting = new Map();
    this.receive = (content, buffers) => {
      if (content.type === "answer") this.settle(content, buffers);
      else onMessage(content, buffers);
    };
    model.on("msg:custom", this.receive);
  }

  /** Asks; the promise gives the answer, or fails with a Trouble. */
  ask(question, fields = {}) {
    const ticket = `${this.page}-${(this.number += 1)}`;
    this.model.send({ ask: question, page: this.page, ticket, ...fields });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.onSlow(true), SLOW_MS);
      this.waiting.set(ticket, { resolve, reject, timer });
    });
  }

  settle({ ticket, ...content }, buffers) {
    const asked = this.waiting.get(ticket);
    if (!asked) return;
    this.waiting.delete(ticket);
    clearTimeout(asked.timer);
    if (!this.waiting.size) this.onSlow(false);
    if ("error" in content) asked.reject(new Trouble(content.error, content.gone));
    else asked.resolve(new Answer(content, buffers));
  }

  dispose() {
    this.model.off("msg:custom", this.receive);
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }
}
