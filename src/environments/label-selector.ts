/** `a=b,c!=d,e in (x,y),f notin (z),g,!h` as kustomize and Flux write selectors. Unparsable: matches nothing. */
export function matchesSelectorText(selector: string, labels: Readonly<Record<string, string>>): boolean {
  return requirements(selector).every((requirement) => matchesRequirement(requirement.trim(), labels));
}

/** Splits at commas outside parentheses. */
function requirements(selector: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of selector) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += char;
  }
  return [...parts, current].filter((part) => part.trim() !== '');
}

const SET = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/;
const EQUALITY = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/;
const EXISTENCE = /^(!?)\s*([^\s=!]+)$/;

function matchesRequirement(text: string, labels: Readonly<Record<string, string>>): boolean {
  const valueOf = (key = ''): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  const set = SET.exec(text);
  if (set) {
    const value = valueOf(set[1]);
    const listed = value !== undefined && (set[3] ?? '').split(',').some((item) => item.trim() === value);
    return set[2] === 'in' ? listed : !listed;
  }
  const equality = EQUALITY.exec(text);
  if (equality) {
    const equal = valueOf(equality[1]) === equality[3];
    return equality[2] === '!=' ? !equal : equal;
  }
  const existence = EXISTENCE.exec(text);
  if (!existence) return false;
  return (valueOf(existence[2]) !== undefined) === (existence[1] === '');
}
