"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const groups = [...document.querySelectorAll("details[data-kind]")];
  const items = [...document.querySelectorAll("ul.items > li")];
  const home = new Map(items.map((item) => [item, item.parentElement]));
  const kinds = $("kinds"), projects = $("projects");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map();
  const wordsOf = (item) => {
    if (!words.has(item)) { words.set(item, plain(item.textContent)); }
    return words.get(item);
  };
  const FEW = 300;

  const language = (code) => {
    root.lang = code;
    document.title = root.dataset["title" + code];
    for (const option of document.querySelectorAll("option[data-fr]")) {
      option.textContent = option.dataset[code];
    }
  };
  $("lang").addEventListener("click", () => language(root.lang === "fr" ? "en" : "fr"));

  const filter = () => {
    const level = $("level").value, kind = $("kind").value, text = plain($("text").value.trim());
    let shown = 0;
    for (const item of items) {
      const ok = (!level || item.dataset.level === level)
        && (!kind || home.get(item).parentElement.dataset.kind === kind)
        && (!text || wordsOf(item).includes(text));
      item.hidden = !ok;
      shown += ok;
    }
    const left = new Map();
    for (const item of items) {
      const group = item.parentElement.parentElement;
      left.set(group, (left.get(group) || 0) + !item.hidden);
    }
    for (const [group, count] of left) {
      group.hidden = count === 0;
      group.open = group.open || (shown <= FEW && count > 0);
      group.querySelector(".n").textContent = "(" + count + ")";
    }
    $("shown").textContent = shown + " / " + items.length;
  };

  const byProject = () => {
    projects.replaceChildren();
    const lists = new Map();
    for (const item of items) {
      const name = item.dataset.about;
      if (!lists.has(name)) {
        const group = document.createElement("details");
        group.open = items.length <= FEW;
        const summary = document.createElement("summary"), title = document.createElement("h2");
        const count = document.createElement("span"), list = document.createElement("ul");
        title.textContent = name;
        count.className = "n";
        list.className = "items";
        summary.append(title, " ", count);
        group.append(summary, list);
        lists.set(name, { group, list });
      }
      const kind = home.get(item).parentElement, line = document.createElement("p");
      line.className = "kindline";
      line.append(...[".mark", "h2", ".expected"].flatMap((part) => {
        const found = kind.querySelector(part);
        return found ? [...found.cloneNode(true).childNodes, part === "h2" ? " : " : " · "] : [];
      }));
      line.lastChild.remove();
      item.prepend(line);
      lists.get(name).list.append(item);
    }
    const order = [...lists.keys()].sort((a, b) => a.localeCompare(b, "fr"));
    projects.append(...order.map((name) => lists.get(name).group));
  };

  const arrange = () => {
    const project = $("view").value === "project";
    root.classList.toggle("by-project", project);
    for (const line of document.querySelectorAll(".kindline")) { line.remove(); }
    if (project) { byProject(); } else {
      for (const item of items) { home.get(item).append(item); }
      projects.replaceChildren();
    }
    kinds.hidden = project;
    projects.hidden = !project;
    filter();
  };

  $("view").addEventListener("change", arrange);
  for (const id of ["level", "kind"]) { $(id).addEventListener("change", filter); }
  let wait = 0;
  $("text").addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 150); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeprint", () => {
    for (const group of document.querySelectorAll("details")) { group.open = true; }
  });
  language(root.lang);
  $("filters").hidden = items.length === 0;
  if (groups.length) { filter(); }
})();
