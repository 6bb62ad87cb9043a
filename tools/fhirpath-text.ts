/** FHIRPath as text again, from the syntax tree that fhirpath.js makes of it: only what facts are written with. */

import { childrenOf, type Syntax } from '../src/decide/closures/syntax.js';

/** @throws Error for a kind of expression that no fact has had so far */
export function textOf(syntax: Syntax): string {
  const { type, text = '' } = syntax;
  const joined = (by: string) => childrenOf(syntax).map(textOf).join(by);
  switch (type) {
    case 'EntireExpression':
    case 'TermExpression':
    case 'InvocationTerm':
    case 'FunctionInvocation':
      return joined('');
    case 'ParenthesizedTerm':
      return `(${joined('')})`;
    case 'InvocationExpression':
      return joined('.');
    case 'Functn':
      return `${text}(${childrenOf(syntax).slice(1).map(textOf).join('')})`;
    case 'ParamList':
      return joined(', ');
    case 'UnionExpression':
      return joined('|');
    case 'AndExpression':
    case 'OrExpression':
    case 'EqualityExpression':
    case 'InequalityExpression':
    case 'MembershipExpression':
      return joined(` ${text} `);
    case 'Identifier':
    case 'LiteralTerm':
    case 'MemberInvocation':
      return text;
    case 'ExternalConstantTerm':
      return `%${text}`;
    case 'ThisInvocation':
      return '$this';
    default:
      throw new Error(`${type}: no fact has had one, and textOf() does not know how it is written.`);
  }
}
