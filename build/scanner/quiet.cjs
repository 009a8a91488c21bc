// Electronegativity asks GitHub for the releases of Electron, and ends by an exception where it cannot; what it asks for is
// not among the checks that count here (docs/security.md, point 16).
process.on('uncaughtException', (error) => {
  if (/onCancel|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(error.message)) return
  console.error(error)
  process.exit(70)
})
