"use strict";
for (const box of document.querySelectorAll(".legend input"))
  box.addEventListener("change", () => document.body.classList.toggle("no-" + box.dataset.kind, !box.checked));
function showEvidence(button) {
  const release = document.getElementById(button.dataset.release);
  release.open = true;
  for (const mark of document.querySelectorAll("mark.flash")) mark.classList.remove("flash");
  for (const other of document.querySelectorAll(".facts button")) other.setAttribute("aria-pressed", String(other === button));
  const marks = release.querySelectorAll("mark[data-" + button.dataset.show + "]");
  for (const mark of marks) mark.classList.add("flash");
  if (marks.length) marks[0].scrollIntoView({ behavior: "smooth", block: "center" });
}
for (const button of document.querySelectorAll(".facts button"))
  button.addEventListener("click", () => showEvidence(button));
for (const row of document.querySelectorAll("#table tbody tr")) {
  row.tabIndex = 0;
  row.style.cursor = "pointer";
  const open = () => showEvidence(document.getElementById(row.dataset.target));
  row.addEventListener("click", (event) => { if (!event.target.closest("a")) open(); });
  row.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
}
const filter = document.getElementById("filter");
if (filter) filter.addEventListener("input", () => {
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = fold(filter.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of document.querySelectorAll("#table tbody tr")) {
    const text = fold(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) count += 1;
  }
  document.getElementById("shown").textContent = words.length ? count + " ligne(s)" : "";
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#r']");
  if (link) document.getElementById(link.getAttribute("href").slice(1)).open = true;
});
