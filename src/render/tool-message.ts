/** A message of more than twice as many characters is passed on without its middle. */
const HALF = 150;

/** The head of a log line of Kubernetes' own logger, as some builds of kubectl end: severity, time, process, source, `err=`. */
const LOG_HEAD = /^[EF]\d{4} [\d:.]+ +\d+ [\w.-]+:\d+\] "[^"\n]*" err=/m;

/** What a tool says is wrong, fit for one line: without our temporary paths and control characters. */
export function toolMessage(stderr: string, root: string): string {
  const text = unlogged(stderr).replaceAll(`${root}/`, '').replaceAll(root, '.');
  const said = text.slice(Math.max(0, text.search(/^error:/im))).split(/\n\s*\n/, 1)[0] ?? '';
  const clean = said
    .replace(/^error: */i, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // The innermost cause comes last.
  return clean.length > 2 * HALF ? `${clean.slice(0, HALF)} ... ${clean.slice(-HALF)}` : clean;
}

/** What was logged, without when and by which process: that would be another text every time. Quoted, or between `<` and `>`. */
function unlogged(stderr: string): string {
  const head = LOG_HEAD.exec(stderr);
  if (!head) return stderr;
  const logged = stderr.slice(head.index + head[0].length).trim();
  if (logged.startsWith('<')) return logged.replace(/^<\s*/, '').replace(/\n\s*>$/, '');
  return logged.replace(/^"|"$/g, '').replace(/\\(["\\])/g, '$1');
}
