"use strict";
// Keyboard, the current fact, and words selected in the text.  Without it, every form still works.
(() => {
  const facts = () => [...document.querySelectorAll(".fact")];
  const current = () => document.querySelector(".fact.current");

  function show(fact, focus = true) {
    document.querySelectorAll(".fact.current").forEach((one) => one.classList.remove("current"));
    document.querySelectorAll("mark.flash").forEach((one) => one.classList.remove("flash"));
    if (!fact) return;
    fact.classList.add("current");
    if (focus) fact.focus({ preventScroll: true });
    fact.scrollIntoView({ block: "nearest" });
    const proofs = document.querySelectorAll(`mark[data-${fact.dataset.show}]`);
    proofs.forEach((mark) => mark.classList.add("flash"));
    if (proofs.length) proofs[0].scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = facts();
    if (all.length) {
      show(all[Math.min(Math.max(all.indexOf(current()) + by, 0), all.length - 1)]);
      return;
    }
    const rows = [...document.querySelectorAll("a.open")];
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  }

  // Offsets count code points of the release's text, as everywhere in beffroi.
  function selected() {
    const text = document.getElementById("texte");
    const selection = window.getSelection();
    if (!text || !selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = [...before.toString()].length;
    const words = range.toString();
    return { start, end: start + [...words].length, words };
  }

  function add() {
    const details = document.getElementById("ajouter");
    if (!details) return;
    const found = selected();
    if (found) {
      const form = details.querySelector("form");
      form.elements.start.value = found.start;
      form.elements.end.value = found.end;
      document.getElementById("selection").textContent = found.words;
    }
    details.open = true;
    details.querySelector("input[name=recipient]").focus();
  }

  function submit(key) {
    const scope = key === "a" || key === "r" ? current() : document.getElementById("faits");
    scope?.querySelector(`form[data-key=${key}]`)?.requestSubmit();
  }

  function edit() {
    const details = current()?.querySelector("details.edit");
    if (!details) return;
    details.open = true;
    details.querySelector("[data-first]").focus();
    details.querySelector("[data-first]").select();
  }

  const keys = {
    j: () => step(1), k: () => step(-1), a: () => submit("a"), r: () => submit("r"), c: edit,
    "+": add, v: () => submit("v"), u: () => submit("u"),
    n: () => document.getElementById("suivant")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, select, textarea");
    if (field && field.type !== "checkbox") {
      if (event.key === "Escape") { field.blur(); show(field.closest(".fact") || current()); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("focusin", (event) => {
    const fact = event.target.closest(".fact");
    if (fact && fact !== current()) show(fact, false);
  });
  document.addEventListener("change", (event) => {
    const kind = event.target.dataset?.kind;
    if (kind) document.body.classList.toggle(`no-${kind}`, !event.target.checked);
  });
  // After a decision the next one that is open comes up.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "faits") return;
    const all = facts();
    const at = all.findIndex((fact) => fact.dataset.fact === event.target.dataset.focus);
    const alarm = document.getElementById("alarme").textContent;
    const open = all.slice(at + 1).concat(all.slice(0, at + 1)).find((fact) => fact.classList.contains("open"));
    show(alarm ? all[at] : open || all[at] || all[0]);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const asked = new URLSearchParams(location.search).get("fait");
    const all = facts();
    show(all.find((fact) => fact.dataset.fact === asked) || all.find((fact) => fact.classList.contains("open")) || all[0]);
  });
})();
