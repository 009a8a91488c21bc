// Before the first paint: the look that was chosen, so that no page flashes in the other one. Kept by renderer/app.tsx.
// A file of its own, because the content security policy allows no script inside the page.
try {
  const look = localStorage.getItem('spend-guard-look')
  if (look === 'light' || look === 'dark') document.documentElement.dataset.theme = look
} catch {
  // Nothing can be kept here: then the system's look is the first one.
}
