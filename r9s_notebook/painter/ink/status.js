// The line under the picture: what the tool does, where the pointer is, and, for screen readers, what just happened.

const SHOWN_MS = 5000;

export class StatusLine {
  constructor(el) {
    el.classList.add("r9s-painter-status");
    const part = (name) => {
      const span = document.createElement("span");
      span.className = name;
      el.append(span);
      return span;
    };
    this.hint = part("r9s-hint");
    this.said = part("r9s-said");
    this.said.setAttribute("role", "status");
    this.said.setAttribute("aria-live", "polite");
    this.point = part("r9s-point");
    this.zoom = part("r9s-zoom");
  }

  showHint(text) {
    this.hint.textContent = text;
  }

  /** Announces a sentence, and shows it for a moment. */
  say(text) {
    this.said.textContent = text;
    this.said.classList.add("r9s-is-said");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.said.classList.remove("r9s-is-said"), SHOWN_MS);
  }

  showPoint(point, [width, height]) {
    const inside = point && point[0] >= 0 && point[1] >= 0 && point[0] < width && point[1] < height;
    this.point.textContent = inside ? `${Math.floor(point[0])}, ${Math.floor(point[1])}` : "";
  }

  showZoom(zoom, [width, height], hasImage) {
    this.zoom.textContent = hasImage ? `${width} × ${height} · ${Math.round(zoom * 100)} %` : "";
  }
}
