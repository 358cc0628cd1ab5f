"use strict";
const kind = document.getElementById("kind"), type = document.getElementById("type"), only = document.getElementById("only");
const releases = [...document.querySelectorAll("details.release")];
function show() {
  const off = new Set([...document.querySelectorAll(".legend input")].filter((box) => !box.checked).map((box) => box.dataset.side));
  let count = 0;
  for (const release of releases) {
    const kinds = release.dataset.kinds.split(" ").filter(Boolean);
    release.hidden = (type.value && release.dataset.type !== type.value) || ((kind.value || only.checked) && !(kind.value ? kinds.includes(kind.value) : kinds.length));
    if (!release.hidden) count += 1;
    for (const item of release.querySelectorAll("li[data-kind]")) item.hidden = Boolean(kind.value) && item.dataset.kind !== kind.value;
  }
  for (const piece of document.querySelectorAll(".text span"))
    for (const side of ["missed", "extra", "right"]) {
      const covered = (piece.dataset[side] || "").split(" ").filter(Boolean);
      piece.classList.toggle(side, !off.has(side) && covered.some((name) => !kind.value || name === kind.value));
    }
  for (const label of document.querySelectorAll(".text sup"))
    label.hidden = off.has(label.classList[0]) || (Boolean(kind.value) && label.dataset.kind !== kind.value);
  document.getElementById("shown").textContent = count + (count === 1 ? " communiqué affiché" : " communiqués affichés");
}
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
for (const input of [kind, type, only, ...document.querySelectorAll(".legend input")]) input.addEventListener("change", show);
document.getElementById("open").addEventListener("click", () => { for (const release of releases) if (!release.hidden) release.open = true; });
document.getElementById("close").addEventListener("click", () => { for (const release of releases) release.open = false; });
show();
