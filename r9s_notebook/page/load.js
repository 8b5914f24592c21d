// Fetches a widget's module and style from the kernel's `Code` widget; a page loads each of them once.

const loaded = (globalThis[Symbol.for("r9s_notebook")] ??= new Map());
let own = null; // this widget's methods while it lives: no browser forgets a module

async function fetchCode(model) {
  const name = model.get("module");
  const code = await model.widget_manager.get_model(model.get("code"));
  const source = code.get("module");
  if (!loaded.has(source)) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    loaded.set(source, import(url).finally(() => URL.revokeObjectURL(url)));
    const id = `r9s-style-${name}`;
    document.getElementById(id)?.remove(); // of another version
    document.head.append(Object.assign(document.createElement("style"), { id, textContent: code.get("style") }));
  }
  return (await loaded.get(source)).default();
}

const methods = (model) => (own ??= fetchCode(model));

export default {
  initialize: async (context) => {
    const close = await (await methods(context.model)).initialize?.(context);
    return () => {
      own = null;
      close?.();
    };
  },
  render: async (context) => (await methods(context.model)).render(context),
};
