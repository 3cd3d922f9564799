/**
 * May kustomize fetch this entry from elsewhere? Rather yes than no: what merely looks like an address is not given to
 * the tool. URLs, `host:path` and `user@host` of git and ssh, `github.com/org/repo//path`, `host/repo.git`, `?ref=v1`.
 */
export function isRemote(text: string): boolean {
  if (text.includes('://') || text.includes('?ref=') || text.includes('?version=')) return true;
  if (/^[^/]*[:@]/.test(text) || /\.git(?:[/?]|$)/.test(text) || text.includes('/_git/')) return true;
  return (
    /^(?:[\w-]+\.)+[a-z]{2,}\/.*\/\//i.test(text) ||
    /^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)\//i.test(text)
  );
}

/** The path in the repository that `text` means in the directory `dir`; `undefined` when it is absolute or leaves it. */
export function relativePath(dir: string, text: string): string | undefined {
  if (text === '' || text.startsWith('/') || /[\0\\]/.test(text)) return undefined;
  const steps = dir === '' ? [] : dir.split('/');
  for (const step of text.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '' && step !== '.') {
      steps.push(step);
    }
  }
  return steps.join('/');
}
