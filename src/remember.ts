/**
 * A function of one object that remembers its answers for as long as the object lives. The objects of a review are immutable,
 * and what did not change is the same object on both sides: both share what is derived from it.
 */
export function perObject<K extends object, V>(derive: (object: K) => V): (object: K) => V {
  const answers = new WeakMap<K, V>();
  return (object) => {
    const known = answers.get(object);
    if (known !== undefined || answers.has(object)) return known as V;
    const answer = derive(object);
    answers.set(object, answer);
    return answer;
  };
}

/** A function of one text that remembers its answers. */
export function remembered<V>(compute: (key: string) => V): (key: string) => V {
  const answers = new Map<string, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as V;
    const answer = compute(key);
    answers.set(key, answer);
    return answer;
  };
}

/** A value that is worked out when it is first asked for. */
export function once<V extends object>(compute: () => V): () => V {
  let known: V | undefined;
  return () => (known ??= compute());
}
