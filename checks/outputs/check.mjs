// Reads outputs of pgbound as their readers do: Markdown as GitHub renders it, Mermaid with its own
// parser, SARIF with its schema. Usage: node check.mjs FOLDER...; exits with 1 when one is wrong.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv-draft-04'
import { JSDOM } from 'jsdom'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkGithub from 'remark-github'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

// Mermaid cleans labels with a DOM even when it only parses.
const dom = new JSDOM('')
globalThis.window = dom.window
globalThis.document = dom.window.document
const { default: mermaid } = await import('mermaid')

// The rules of rehype-sanitize are GitHub's; remark-github links what GitHub links in comments.
const github = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkGithub, { repository: 'owner/repo' })
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)

const ELEMENTS = new Set(
  ('h2 p blockquote table thead tbody tr th td ul li pre code strong details summary sub').split(' '))

// What we write in bold ourselves.
const BOLD = new RegExp('^(' + [
  'destroys-data|reloads-data|stops-replication|interrupts|drift|no',
  'Refused|Kept|Tables|Not managed here|Findings in the file|[A-Z]+-\\d{3}',
  'Refused(: it would [a-z ]+)?\\.|Nothing to do\\.|Nothing is (left to delete|interrupted or lost)\\.',
  'Data will be destroyed, as allowed\\.|All data will be loaded again, as allowed\\.',
  'Replication will stop for a while\\.|Connections will be interrupted\\.',
  '[0-9,]+ errors? in .*\\.'
].join('|') + ')$', 's')

const text = node => node.value ?? (node.children ?? []).map(text).join('')

function* elements(node, path = []) {
  for (const child of node.children ?? []) {
    if (child.type === 'element') {
      yield [child, path]
      yield* elements(child, [...path, child.tagName])
    }
  }
}

function* prose(node) {
  for (const child of node.children ?? []) {
    if (child.type === 'text') yield child.value
    else if (child.tagName !== 'code') yield* prose(child)
  }
}

/** Everything in a comment that a plan does not write there. */
async function markdown(source) {
  const wrong = []
  const tree = await github.run(github.parse(source))
  const all = [...elements(tree)]
  for (const [element, path] of all) {
    const name = element.tagName
    if (!ELEMENTS.has(name)) wrong.push(`a <${name}>: ${text(element)}`)
    if (name === 'strong' && !BOLD.test(text(element))) wrong.push(`bold: ${text(element)}`)
    if (name === 'details' && path.length > 0) wrong.push(`<details> within ${path.join(' ')}`)
    if (name === 'details' && element.children[0]?.tagName !== 'summary') wrong.push('no summary')
    if (name === 'tr') {
      const cells = element.children.filter(cell => cell.type === 'element').length
      const table = cells === 4 || cells === 6
      if (!table) wrong.push(`a row of ${cells} cells: ${text(element)}`)
    }
  }
  const titles = all.filter(([element]) => element.tagName === 'h2')
  if (titles.length !== 1 || !text(titles[0][0]).startsWith('pgbound ')) {
    wrong.push(`headings: ${titles.map(([title]) => text(title)).join(', ')}`)
  }
  const last = tree.children.filter(child => child.type === 'element').at(-1)
  if (!/pgbound/.test(text(last)) || last.children[0]?.tagName !== 'sub') {
    wrong.push(`something swallowed the last line: ${text(last)}`)
  }
  for (const words of prose(tree)) {
    if (/@\w|https?:|www\.|#\d|:\w+:/.test(words)) wrong.push(`text: ${words}`)
  }
  for (const [element] of all) {
    if (element.properties?.className?.includes('language-mermaid')) {
      wrong.push(...await graph(text(element)))
    }
  }
  return wrong
}

async function graph(source) {
  try {
    await mermaid.parse(source)
    return []
  } catch (e) {
    return [`Mermaid: ${e.message}`]
  }
}

const require = createRequire(import.meta.url)
const lib = join(require.resolve('@microsoft/jest-sarif/package.json'), '..', 'lib', 'schemas')
const schema = JSON.parse(readFileSync(join(lib, 'sarif-2.1.0-rtm.5.json')))
const valid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)

function sarif(source) {
  const log = JSON.parse(source)
  const wrong = valid(log) ? [] : valid.errors.map(e => `SARIF: ${e.instancePath} ${e.message}`)
  for (const run of log.runs) {
    const ids = new Set(run.tool.driver.rules.map(rule => rule.id))
    const prints = new Set()
    for (const result of run.results) {
      if (!ids.has(result.ruleId)) wrong.push(`SARIF: no rule ${result.ruleId}`)
      const print = result.partialFingerprints['pgbound/v1']
      if (prints.has(print)) wrong.push(`SARIF: fingerprint ${print} twice`)
      prints.add(print)
      const uri = result.locations[0].physicalLocation.artifactLocation.uri
      if (/^[a-z]+:|^\//.test(uri)) wrong.push(`SARIF: ${uri} is not relative`)
    }
  }
  return wrong
}

const READERS = { md: markdown, mmd: graph, sarif }

function* files(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else yield path
  }
}

// A check that finds nothing wrong in this would find nothing wrong in anything.
const FORGED = `## pgbound plan: hr

@octocat **Approved** [see](https://evil.example) #1 :tada:

# Approved

| a | b |
|---|---|
| 1 | <img src=x> |

<details><summary>x</summary>

<sub>pgbound</sub>
`
for (const part of ['a <a>', 'a <h1>', 'bold:', 'a row of 2', 'a <img>', 'swallowed']) {
  if (!(await markdown(FORGED)).some(found => found.startsWith(part) || found.includes(part))) {
    throw new Error(`the check of Markdown does not notice: ${part}`)
  }
}
if ((await graph('flowchart LR\n  n0[[["x"]\n')).length === 0) {
  throw new Error('the check of Mermaid notices nothing')
}

let failed = 0
const count = { md: 0, mmd: 0, sarif: 0 }
for (const folder of process.argv.slice(2)) {
  for (const file of files(folder)) {
    const kind = file.slice(file.lastIndexOf('.') + 1)
    if (!(kind in READERS)) continue
    count[kind]++
    for (const wrong of await READERS[kind](readFileSync(file, 'utf8'))) {
      console.error(`${file}: ${wrong.slice(0, 300)}`)
      failed++
    }
  }
}
console.log(
  `outputs: ${count.md} comments, ${count.mmd} graphs and ${count.sarif} SARIF logs read, ${failed} faults`)
process.exit(failed > 0 || count.md === 0 ? 1 : 0)
