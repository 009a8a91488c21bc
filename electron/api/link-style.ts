/** Colours are those of renderer/styles/tokens.css. */
export const linkStyle = `
:root { --canvas: #f7f7f5; --surface: #fff; --line: #e3e3de; --text: #1b1c1f; --quiet: #5b5e66; --accent: #3f52c9;
  --on-accent: #fff; --critical: #b42318; --warning: #8a5300; --good: #14704a; --good-soft: #e6f4ed; --info: #2c5a9c; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #0f1012; --surface: #17181b; --line: #2b2d33; --text: #ededf0; --quiet: #a3a7b0; --accent: #9aa8ff;
    --on-accent: #12142b; --critical: #ff8f83; --warning: #f0b95a; --good: #6ccf9f; --good-soft: #14291f; --info: #8fbcf5; }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--canvas); color: var(--text); font: 17px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  max-width: 34rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
main { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; display: grid; gap: 1rem; }
h1 { font-size: 1.375rem; line-height: 1.25; }
.critical, .warning, .info, .resolved { font-weight: 600; margin-bottom: -0.75rem; }
.critical { color: var(--critical); } .warning { color: var(--warning); } .info { color: var(--info); } .resolved { color: var(--good); }
.done { background: var(--good-soft); color: var(--good); border-radius: 8px; padding: 0.75rem 1rem; }
dl { display: grid; gap: 0.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
dl div { display: grid; grid-template-columns: 6rem 1fr; gap: 0.75rem; }
dt, .quiet, footer { color: var(--quiet); }
.quiet, footer { font-size: 0.875rem; }
dd { font-variant-numeric: tabular-nums; }
form { display: grid; gap: 0.75rem; }
button { font: inherit; font-weight: 600; min-height: 3.25rem; border-radius: 10px; border: 1px solid var(--accent);
  background: transparent; color: var(--accent); cursor: pointer; }
button[value='acknowledge'] { background: var(--accent); color: var(--on-accent); }
button:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
h2 { font-size: 1.0625rem; line-height: 1.3; }
.several { list-style: none; padding: 0; display: grid; gap: 1rem; }
.several li { border-top: 1px solid var(--line); padding-top: 1rem; display: grid; gap: 0.5rem; }
.several h2 { margin: 0; }
.several button[value='acknowledge'] { background: transparent; color: var(--accent); }
footer { text-align: center; padding: 1rem; }
`
