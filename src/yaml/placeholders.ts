/**
 * Texts that something fills in later. They are neither errors nor literals: whoever compares them must say "unknown".
 * Each shape with where it comes from, and what it must not hit.
 */
const SHAPES: readonly RegExp[] = [
  // ${REGION}, ${REGION:=eu}: Flux postBuild, envsubst, Terraform. ${{ x }}: Backstage, GitHub.
  /\$\{/,
  // $(NAMESPACE): kustomize vars, container variables, make.
  /\$\([A-Za-z_]/,
  // $REVISION: envsubst, Argo CD. Not `$1`, nor the `$` that ends a regular expression.
  /\$[A-Za-z_]/,
  // Helm, Jinja, Argo Workflows and ApplicationSets; ERB; Terraform.
  /\{\{|\{%|<%|%\{/,
  // <CHANGE_ME>, <your namespace>: documentation. Not `(?P<name>x)` of a regular expression, not kubectl's `<none>`.
  /(?<!\?P?)<(?!none>|nil>)[A-Za-z_][\w .:/-]*>/,
  // {DOMAIN}, {INGRESS_HOST}: documentation, str.format. Not Istio's `{*}`, nor `{id}` and `{2,3}` of paths and expressions.
  /\{[A-Z][A-Z0-9_]+\}/,
  // %%TAG%%: sed. Not Envoy's `%REQ(X)%`.
  /%%[\w.-]+%%/,
  // @version@: Maven, autoconf. Not the `@` of an address.
  /(?<![\w.-])@[A-Za-z][\w.-]*@/,
  // ((domain)): Concourse, BOSH. Not the groups of a regular expression, which hold more than a name.
  /\(\([A-Za-z][\w./-]*\)\)/,
  // #{Tag}#: Azure DevOps, Octopus.
  /#\{[A-Za-z]/,
  // __IMAGE__: sed. Not Prometheus' `__name__`, which is lower case.
  /__[A-Z][A-Z0-9_]*__/,
  // Values that SOPS encrypted.
  /^ENC\[/,
  // Names that stand in until a kustomization replaces them.
  /^(?:_|not-used|placeholder|PLACEHOLDER)$/,
  // CHANGEME, REPLACE_ME: documentation.
  /^(?:CHANGE|REPLACE|change|replace)[-_]?(?:ME|me)$/,
];

/** Every shape at once. None can run over the same characters twice, so the time is linear in the length of the text. */
const ANY_SHAPE = new RegExp(SHAPES.map(({ source }) => source).join('|'));

/** True for a text that stands for itself: a string without a placeholder in it. The empty text does. */
export function isKnown(value: unknown): value is string {
  return typeof value === 'string' && !ANY_SHAPE.test(value);
}

/** The first placeholder of `text`, or the beginning of it: `${`, `{{`, `<NAME>`; `undefined` when there is none. */
export function placeholderIn(text: string): string | undefined {
  return ANY_SHAPE.exec(text)?.[0];
}
