/** The syntax tree of an expression, as fhirpath.js reads it. */

export interface Syntax {
  readonly type: string;
  readonly text?: string;
  readonly delimitedText?: string;
  /** Leaves have none. */
  readonly children?: readonly Syntax[];
}

export interface Term extends Syntax {
  readonly children: readonly Syntax[];
}

export function childrenOf(syntax: Syntax | undefined): readonly Syntax[] {
  return syntax?.children ?? [];
}

const wrappers: ReadonlySet<string> = new Set([
  'EntireExpression',
  'TermExpression',
  'InvocationTerm',
  'ParenthesizedTerm',
]);

/** Without what only wraps it. */
export function termOf(syntax: Syntax): Term {
  const children = childrenOf(syntax);
  const [inner] = children;
  return wrappers.has(syntax.type) && inner !== undefined ? termOf(inner) : { ...syntax, children };
}

/** The first name in it; delimited names are none that facts use. */
export function nameIn(syntax: Syntax | undefined): string {
  if (syntax === undefined) return '';
  return syntax.type === 'Identifier' ? (syntax.text ?? '') : nameIn(childrenOf(syntax)[0]);
}

/** What a string literal says; escapes are for the interpreter. */
export function textIn({ text = '' }: Syntax): readonly [string] | undefined {
  return text.includes('\\') ? undefined : [text.slice(1, -1)];
}

const conditions: ReadonlySet<string> = new Set([
  'EqualityExpression',
  'InequalityExpression',
  'MembershipExpression',
  'AndExpression',
  'OrExpression',
]);
const conditionFunctions: ReadonlySet<string> = new Set(
  'exists empty not all startsWith endsWith contains'.split(' '),
);

/**
 * Whether it says true, false or nothing, whatever it is asked of: only such are taken for conditions.
 * @param table its functions that take a name say true or false
 */
export function isTruth(
  syntax: Syntax | undefined,
  table: Readonly<Record<string, { readonly takes: string }>>,
): boolean {
  if (syntax === undefined) return false;
  const { type, children } = termOf(syntax);
  if (conditions.has(type)) return true;
  if (type === 'LiteralTerm') return children[0]?.type === 'BooleanLiteral';
  if (type === 'InvocationExpression') return isTruth(children.at(-1), table);
  if (type !== 'FunctionInvocation') return false;
  const name = nameIn(children[0]);
  return conditionFunctions.has(name) || (Object.hasOwn(table, name) && table[name]?.takes === 'a name');
}
