// Mouse, pen and fingers on the stage.
//
// One finger or button paints; two fingers pan and zoom; the space bar or the middle button pans. Everything listens in
// the capture phase and stops there, because ipycanvas's own listeners would send each move to the kernel, and would
// keep the wheel and the Tab key from the page.

import { t } from "../../page/translation.js";
import { GESTURES, Polygon } from "./gestures.js";

const CANVAS_EVENTS = ["mousemove", "mousedown", "mouseup", "mouseout", "wheel"];
const TOUCH_EVENTS = ["touchstart", "touchend", "touchmove", "touchcancel"];
const HANDLE = { radius: 6, reach: 8 }; // of a polygon's first corner, in CSS pixels: how it looks, and where it is hit
const HANDLE_FOR_FINGERS = { radius: 13, reach: 22 };
const PEN_ERASER = 32; // the bit of `buttons` for a pen's other end

export function listenToPointers(view, signal) {
  const { stage, document, model } = view;
  const fingers = new Map(); // pointerId -> last PointerEvent of a touch
  const over = { point: null, pointerType: "mouse" };
  let drawing = null; // the pointerId that paints
  let penIsNear = false; // touches are the hand that holds it
  let cornerBy = null; // the pointerId that put the polygon's last corner
  let tap = null; // the finger that may pick a place
  let panning = null;
  let pinch = null;

  const on = (name, listener, options = {}) =>
    stage.element.addEventListener(name, listener, { capture: true, signal, ...options });
  for (const name of CANVAS_EVENTS) on(name, (event) => event.stopPropagation(), { passive: true });
  for (const name of TOUCH_EVENTS) on(name, (event) => event.stopPropagation(), { passive: true });

  // ---- gestures -------------------------------------------------------------------------------------------------

  const pressureOf = (event) => (event.pointerType === "pen" ? Math.max(0.05, event.pressure || 0.5) : 1);
  const pointOf = (event) => [...stage.toImage(event), pressureOf(event)];
  const erases = (event) => view.tool.erase || view.erasing || (event.buttons & PEN_ERASER) !== 0;

  function startGesture(event) {
    const hand = { document, radius: model.get("size") / 2, erase: erases(event), pressure: event.pointerType === "pen" };
    const { gesture, operation } = view.tool;
    return new GESTURES[gesture](operation, pointOf(event), { ...hand, spacing: 0.5 / stage.zoom });
  }

  const pick = (event) => view.pick(pointOf(event), { erase: erases(event), everywhere: event.shiftKey });

  function finishGesture() {
    const op = view.gesture?.finish() ?? null;
    view.gesture = drawing = null;
    showOutline();
    if (op) view.push(op);
    else document.dropLive();
  }

  function cancelGesture() {
    view.gesture?.cancel();
    view.gesture = drawing = null;
    showOutline();
  }

  const handleFor = (pointerType) =>
    pointerType === "touch" || matchMedia("(pointer: coarse)").matches ? HANDLE_FOR_FINGERS : HANDLE;

  /** Whether a click there closes the polygon. */
  function closes(event) {
    const { points } = view.gesture;
    const [x, y] = stage.onStage(event);
    const [firstX, firstY] = stage.toStage(points[0]);
    return points.length > 2 && Math.hypot(x - firstX, y - firstY) <= handleFor(event.pointerType).reach;
  }

  function addCorner(event) {
    if (closes(event)) finishGesture();
    else view.gesture.addCorner(pointOf(event));
    cornerBy = event.pointerId;
    showOutline();
  }

  function showOutline() {
    const points = view.gesture?.outline() ?? null;
    stage.overlay.showShape(points && `M${points.map((point) => stage.toStage(point).map((v) => v.toFixed(1))).join("L")}Z`);
    const first = view.gesture instanceof Polygon ? stage.toStage(view.gesture.points[0]) : null;
    stage.overlay.showCircle("handle", first, handleFor(over.pointerType).radius);
    if (!first) stage.element.classList.remove("r9s-closing");
  }

  function showRing() {
    const shown = over.point && view.tool.gesture === "brush" && !panning && !view.hand;
    stage.overlay.showCircle("ring", shown ? stage.toStage(over.point) : null, (model.get("size") / 2) * stage.zoom);
  }

  // ---- events ---------------------------------------------------------------------------------------------------

  on("pointerdown", (event) => {
    event.stopPropagation();
    stage.element.focus({ preventScroll: true });
    over.pointerType = event.pointerType;
    if (!document.layer) return;
    if (!model.get("has_image")) return view.say(t("There is no image to paint on yet"));
    event.preventDefault();
    if (event.pointerType === "touch" && penIsNear) return;
    if (event.pointerType === "pen") takeHold();
    // A pointer that is already gone cannot be captured; its events still come while it is over the stage.
    try {
      stage.element.setPointerCapture(event.pointerId);
    } catch {}
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, event);
      if (fingers.size === 2) return startPinch();
      if (fingers.size > 2) return;
    }
    if (event.button === 1 || view.hand) {
      panning = { pointerId: event.pointerId, place: stage.toImage(event) };
      stage.element.classList.add("r9s-panning");
      return showRing();
    }
    if (event.button !== 0 && event.button !== 5) return;
    if (view.gesture instanceof Polygon) return addCorner(event);
    if (view.gesture) return; // a second pointer while the first one paints
    if (view.tool.gesture === "pick") {
      if (event.pointerType === "touch") tap = event; // until it is lifted: it may become a pinch, or be a palm
      else pick(event);
      return;
    }
    view.begin();
    view.gesture = startGesture(event);
    drawing = cornerBy = event.pointerId;
    showOutline();
  });

  on("pointermove", (event) => {
    event.stopPropagation();
    if (event.pointerType !== "touch") penIsNear = event.pointerType === "pen";
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event);
    if (pinch) return movePinch();
    if (panning?.pointerId === event.pointerId) {
      return stage.bring(panning.place, stage.onStage(event));
    }
    over.point = event.pointerType === "touch" ? null : pointOf(event);
    view.hover(over.point);
    showRing();
    if (view.gesture instanceof Polygon) {
      view.gesture.extend([pointOf(event)]);
      stage.element.classList.toggle("r9s-closing", closes(event));
      showOutline();
    }
  });

  // Chromium holds pointermove back until the next frame; the raw event comes at once (in secure contexts).
  on("onpointerrawupdate" in window ? "pointerrawupdate" : "pointermove", (event) => {
    event.stopPropagation();
    if (!view.gesture || event.pointerId !== drawing || view.gesture instanceof Polygon) return;
    // The release was outside the window, and nobody told us.
    if (event.buttons === 0) return finishGesture();
    const events = event.getCoalescedEvents?.() ?? [];
    view.gesture.extend((events.length ? events : [event]).map(pointOf), { square: event.shiftKey });
    showOutline();
  });

  const lift = (event) => {
    event.stopPropagation();
    fingers.delete(event.pointerId);
    if (tap?.pointerId === event.pointerId) {
      if (event.type === "pointerup") pick(tap);
      tap = null;
    }
    if (pinch && fingers.size < 2) pinch = null;
    if (panning?.pointerId === event.pointerId) {
      panning = null;
      stage.element.classList.remove("r9s-panning");
      return showRing();
    }
    if (event.pointerId === drawing && view.gesture && !(view.gesture instanceof Polygon)) finishGesture();
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  on("lostpointercapture", lift);
  on("pointerleave", (event) => {
    if (event.target !== stage.element) return;
    if (event.pointerType === "pen") penIsNear = false;
    over.point = null;
    view.hover(null);
    showRing();
  });
  on("dblclick", () => view.gesture instanceof Polygon && finishGesture());
  on("contextmenu", (event) => event.preventDefault());

  on(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page's own scrolling
      event.preventDefault();
      const notch = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-Math.max(-60, Math.min(60, event.deltaY * notch)) * 0.0075);
      stage.zoomTo(stage.zoom * factor, ...stage.onStage(event));
    },
    { passive: false },
  );

  // ---- two fingers ----------------------------------------------------------------------------------------------

  function grip() {
    const [[ax, ay], [bx, by]] = [...fingers.values()].map((finger) => stage.onStage(finger));
    return { middle: [(ax + bx) / 2, (ay + by) / 2], spread: Math.hypot(ax - bx, ay - by) };
  }

  /** What the fingers that are down have begun was not meant; the corners before it were. */
  function takeBack() {
    if (!(view.gesture instanceof Polygon)) cancelGesture();
    else if (fingers.has(cornerBy) && view.gesture.points.length === 1) cancelGesture();
    else if (fingers.has(cornerBy)) view.gesture.removeCorner();
    cornerBy = panning = tap = null;
  }

  function startPinch() {
    takeBack();
    const { middle, spread } = grip();
    pinch = { place: stage.fromStage(middle), reach: stage.zoom / (spread || 1) };
  }

  /** A pen comes, and what touches already is its hand. */
  function takeHold() {
    penIsNear = true;
    if (!fingers.size) return;
    takeBack();
    fingers.clear();
    pinch = null;
  }

  function movePinch() {
    const { middle, spread } = grip();
    stage.zoomTo(pinch.reach * spread, ...middle);
    stage.bring(pinch.place, middle);
  }

  return { finishGesture, cancelGesture, showRing, showOutline };
}
