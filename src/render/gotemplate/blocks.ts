import { perObject } from '../../remember.ts';
import type { Node } from './syntax.ts';

type Block = Extract<Node, { kind: 'if' | 'with' | 'range' }>;

/** What can be told of a block without knowing whether it is there, or how often. */
interface BlockFacts {
  /** It puts something into the output, white space aside. */
  readonly writes: boolean;
  /** What it writes begins with a separator of documents, so that the document before it ends there. */
  readonly beginsDocument: boolean;
  /** Variables of the blocks around it that are changed in it. */
  readonly assigned: readonly string[];
}

/** Both branches are looked at once, however often a loop comes by. */
export const factsOf = perObject((block: Block): BlockFacts => {
  const nodes = [...block.then, ...block.otherwise];
  return {
    writes: nodes.some(writes),
    beginsDocument: beginsDocument(nodes),
    assigned: [...new Set(assignedIn(nodes))],
  };
});

/** Does it put anything into the output, white space aside? */
function writes(node: Node): boolean {
  switch (node.kind) {
    case 'text':
      return node.text.trim() !== '';
    case 'action':
      return !node.pipe.assigns;
    case 'define':
      return false;
    case 'template':
      return true;
    default:
      return [...node.then, ...node.otherwise].some(writes);
  }
}

/** Does what it writes begin with a separator of documents, so that the document before it ends there? */
function beginsDocument(nodes: readonly Node[]): boolean {
  const first = nodes.find(writes);
  if (first?.kind === 'text') return first.text.trimStart().startsWith('---');
  return first !== undefined && 'then' in first && beginsDocument(first.then);
}

function assignedIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'action') return node.pipe.assigns?.isNew === false ? [node.pipe.assigns.name] : [];
    return 'then' in node ? assignedIn([...node.then, ...node.otherwise]) : [];
  });
}
