import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** Istio's installer, not an API of the mesh. */
const LEFT_OUT = new Set(['IstioOperator']);

/** The `spec` of one version of a kind, as the package declares it. */
export interface DeclaredSpec {
  readonly kind: string;
  readonly type: ts.TypeNode | undefined;
}

/** The specs of all kinds in a directory of `@kubernetes-models/istio`; several versions of a kind one after the other. */
export function declaredSpecs(directory: string): DeclaredSpec[] {
  return typeFiles(directory).flatMap((file) => {
    const kind = basename(file, '.d.ts');
    if (LEFT_OUT.has(kind)) return [];
    return [{ kind, type: specOf(readFileSync(join(directory, file), 'utf8'), `I${kind}`) }];
  });
}

/** The release whose CRDs the package was made from: its build settings name their address. */
export function istioRelease(directory: string): string {
  const file = join(directory, 'package.json');
  const release = /istio\/istio\/(1\.\d+\.\d+)\/[^"]*crd-all/.exec(readFileSync(file, 'utf8'))?.[1];
  if (release === undefined) throw new Error(`${file} names no Istio release`);
  return release;
}

/** `networking.istio.io/v1/Sidecar.d.ts` and its like. */
function typeFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[a-z]+\.istio\.io\/v\w+\/[A-Z]\w+\.d\.ts$/.test(file))
    .sort();
}

function specOf(source: string, name: string): ts.TypeNode | undefined {
  const file = ts.createSourceFile('kind.d.ts', source, ts.ScriptTarget.Latest, true);
  const declared = file.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (declared === undefined || !ts.isInterfaceDeclaration(declared)) throw new Error(`no interface ${name}`);
  for (const member of declared.members) {
    if (ts.isPropertySignature(member) && ts.isStringLiteral(member.name) && member.name.text === 'spec')
      return member.type;
  }
  return undefined;
}
