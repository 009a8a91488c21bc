// What a person does in a window, by the words on it. One way for the current Electron (tests/electron) and for the old
// one (tests/offline-electron), so that steps of the suite that runs rarely are those of the suite that runs always.

/** A page that answers with the value of an expression: Playwright's, or that of the developer tools. */
export interface Evaluates {
  evaluate<T>(expression: string): Promise<T>
}

/** What a visible thing is called by those who hear the page; what is behind a dialog is not there for them. */
const called = `(element) => (element.getAttribute('aria-label') ?? element.innerText).trim()`
const reachable = `(element) => element.offsetParent !== null && !element.closest('[aria-hidden="true"]')`
const patienceMs = 20_000

/** The first of those elements that is there within patience, and its name; `act` is done to it. */
function doTo(page: Evaluates, selector: string, name: string | RegExp, act: string): Promise<void> {
  const isIt = name instanceof RegExp ? `(text) => ${name}.test(text)` : `(text) => text === ${JSON.stringify(name)}`
  return page.evaluate(`new Promise((resolve, reject) => {
    const [called, reachable, isIt, act] = [${called}, ${reachable}, ${isIt}, ${act}]
    const givenUpAt = Date.now() + ${patienceMs}
    const look = () => {
      const found = [...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => reachable(one) && isIt(called(one)))
      if (found) return act(found), resolve()
      if (Date.now() > givenUpAt) return reject(new Error('nothing here is called ' + ${JSON.stringify(String(name))}))
      setTimeout(look, 50)
    }
    look()
  })`)
}

export const press = (page: Evaluates, name: string | RegExp): Promise<void> =>
  doTo(page, 'button, a, summary, [role="menuitem"]', name, '(found) => found.click()')

/** As React hears it: by the field's own way of being set, and told. */
export const type = (page: Evaluates, label: string, text: string): Promise<void> =>
  doTo(
    page,
    'label',
    label,
    `(found) => {
      const field = found.control
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, ${JSON.stringify(text)})
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }`,
  )

export const goTo = (page: Evaluates, hash: string): Promise<unknown> =>
  page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`)

export async function backUp(page: Evaluates): Promise<void> {
  await goTo(page, '#/settings/data')
  await press(page, 'Back up now')
}

export async function restoreNewest(page: Evaluates): Promise<void> {
  await goTo(page, '#/settings/data')
  await press(page, /^Restore the backup of/)
  await press(page, 'Restore')
}

export async function deleteEverything(page: Evaluates): Promise<void> {
  await goTo(page, '#/settings/data')
  await press(page, 'Delete everything…')
  await type(page, 'Type “delete everything”', 'delete everything')
  await press(page, 'Delete everything')
}
