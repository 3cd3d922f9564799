/**
 * `*app:` as a key. YAML 1.2 takes the colon into the name of the alias; the libraries that Kubernetes tools use (go-yaml,
 * after libyaml) end the name before it, and charts for home servers rely on that.
 */
const ALIAS_KEY = /(^|[\s,{?-])\*([\w-]+):(?=\s)/g;

/** Names of such aliases that one document is mended for; people use one or two. */
const MAX_NAMES = 20;

/**
 * The text with such keys written as YAML 1.2 wants them, `*ap :`. A shorter anchor makes room for the blank, so that no
 * offset moves. `undefined` when there are none, or no shorter name is free.
 */
export function spaceAliasKeys(text: string): string | undefined {
  const names = new Set([...text.matchAll(ALIAS_KEY)].map((match) => match[2] ?? ''));
  if (names.size > MAX_NAMES) return undefined;
  let spaced = text;
  for (const name of [...names].sort()) {
    const shorter = name.slice(0, -1);
    if (shorter === '' || mentions(text, shorter)) return undefined;
    spaced = spaced.replace(new RegExp(`([&*])${name}(?=[\\s,:\\]}])`, 'g'), `$1${shorter} `);
  }
  return spaced === text ? undefined : spaced;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`[&*]${name}(?![\\w-])`).test(text);
}
