/** Small sabotages of a source file, found in its syntax tree: each takes the place of one expression or one `case`. */
import ts from 'typescript';
import { own } from '../../compiler/record.ts';
import { constants, type Kind, makers, methods, operators, pieces } from './words.ts';

export interface Sabotage {
  readonly kind: Kind;
  /** What it takes the place of. */
  readonly node: ts.Node;
  /** What stands there instead; null of a `case` that falls to its neighbour. */
  readonly to: string | null;
}

/** Every sabotage of a file that could matter. */
export function sabotagesOf(file: ts.SourceFile, checker: ts.TypeChecker): readonly Sabotage[] {
  const found: Sabotage[] = [];
  const reporters = reportersOf(file);
  const isSql = file.fileName.includes('/sql/');
  const add = (kind: Kind, node: ts.Node, to: string | null): void => {
    if (to !== node.getText(file)) found.push({ kind, node, to });
  };
  const visit = (node: ts.Node): void => {
    if (isIdle(node, reporters)) return;
    if (isValue(node)) {
      for (const each of [...ofConstant(node, isSql), ...ofExpression(node, checker)]) add(each[0], node, each[1]);
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      const empty = emptyFilter(node.name.text, node, checker);
      if (empty !== null) add('filter', node, `${node.name.text}: ${empty}`);
    }
    if (ts.isIfStatement(node) && node.elseStatement === undefined && isReturn(node.thenStatement))
      add('return', node.expression, 'false');
    if (ts.isCaseClause(node) && canFall(node)) add('case', node, null);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What says nothing of answers: types, imports, bugs that are thrown, and the words of findings. */
function isIdle(node: ts.Node, reporters: ReadonlySet<string>): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return true;
  if (ts.isFunctionDeclaration(node) && /^(?:report|suggest)|(?:Hint|Help|Words?|Text)$/.test(node.name?.text ?? ''))
    return true;
  if (ts.isMethodDeclaration(node) && /^report|Help$/.test(node.name.getText())) return true;
  if (ts.isPropertyAssignment(node) && (textual.test(node.name.getText()) || wordy.test(node.name.getText())))
    return true;
  if (ts.isVariableDeclaration(node) && textual.test(node.name.getText())) return true;
  const { parent } = node;
  if (parent !== undefined && ts.isCallExpression(parent) && parent.expression !== node) {
    const name = ts.isIdentifier(parent.expression) ? parent.expression.text : '';
    // Of a finding the place matters, and whether it is raised; not its words.
    if (reporters.has(name) && !/^(?:nearest)$/.test(name)) return ts.isObjectLiteralExpression(node) || isText(node);
  }
  return false;
}

const textual = /^(?:help|hint|reason|message|title|suggestion|fixes|keywords)$/;
const wordy = /^(?:text|form|expected|found|what|why)$/;

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/** The makers of findings that a file imports. */
function reportersOf(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !statement.moduleSpecifier.getText(file).includes('diagnostics'))
      continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings !== undefined && ts.isNamedImports(bindings))
      for (const element of bindings.elements) names.add(element.name.text);
  }
  return names;
}

/** Whether an expression may be written as a choice in its place. */
function isValue(node: ts.Node): node is ts.Expression {
  if (!ts.isExpression(node)) return false;
  const { parent } = node;
  if (ts.isIdentifier(node)) return ts.isCallExpression(parent) && parent.arguments.includes(node);
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isCaseClause(parent) && parent.expression === node) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return false;
  // A link of a chain with `?.` would end the chain early.
  const isLink =
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node;
  if (isLink && (parent.flags & ts.NodeFlags.OptionalChain) !== 0) return false;
  // What is called keeps its receiver.
  return !(ts.isCallExpression(parent) && parent.expression === node) && !ts.isBindingName(node);
}

type Found = readonly [kind: Kind, to: string];

function ofConstant(node: ts.Expression, isSql: boolean): readonly Found[] {
  const found: Found[] = [];
  if (ts.isStringLiteral(node)) {
    for (const [kind, words] of Object.entries(constants)) {
      const to = own(words, node.text);
      if (to !== undefined && isKind(kind)) found.push([kind, JSON.stringify(to)]);
    }
  }
  if (isSql && (isText(node) || ts.isTemplateExpression(node))) {
    const text = node.getText();
    const [quote, inner] = [text.slice(0, 1), text.slice(1, -1)];
    for (const [kind, from, to] of pieces)
      if (from.test(inner)) found.push([kind, `${quote}${inner.replace(from, to)}${quote}`]);
  }
  return found;
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(constants, kind);
}

function ofExpression(node: ts.Expression, checker: ts.TypeChecker): readonly Found[] {
  if (ts.isArrayLiteralExpression(node)) return ofList(node);
  if (ts.isBinaryExpression(node)) return ofBinary(node, checker);
  if (ts.isConditionalExpression(node))
    return [['branches', `${node.condition.getText()} ? ${node.whenFalse.getText()} : ${node.whenTrue.getText()}`]];
  if (ts.isCallExpression(node)) return ofCall(node, checker);
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return ofProperty(parent, node, checker);
  if (ts.isCallExpression(parent) && ts.isIdentifier(node)) {
    const empty = emptyFilter(node.text, node, checker);
    return empty === null ? [] : [['filter', empty]];
  }
  if (ts.isNumericLiteral(node)) return ofNumber(node);
  return [];
}

/** One part left out of a list that is put together. */
function ofList(node: ts.ArrayLiteralExpression): readonly Found[] {
  const { elements } = node;
  if (elements.length < 2 || !elements.some(ts.isSpreadElement)) return [];
  return elements.map((_, index): Found => {
    const rest = elements.filter((__, place) => place !== index);
    return ['list', `[${rest.map(each => each.getText()).join(', ')}]`];
  });
}

function ofBinary(node: ts.BinaryExpression, checker: ts.TypeChecker): readonly Found[] {
  const [left, right, operator] = [node.left.getText(), node.right.getText(), node.operatorToken.getText()];
  const isNothing = right === 'null' || right === 'undefined';
  const exchanged = own(operators, operator);
  if (exchanged !== undefined) return [[exchanged[0], `${left} ${exchanged[1]} ${right}`]];
  const kind = isNothing ? 'null check' : 'equality';
  if (operator === '===') return [[kind, `${left} !== ${right}`]];
  if (operator === '!==') return [[kind, `${left} === ${right}`]];
  const isCounting = [node.left, node.right].every(each => isNumber(each, checker));
  if (operator === '+' && isCounting)
    return [['off by one', ts.isNumericLiteral(node.right) ? left : `${left} - ${right}`]];
  if (operator === '-' && isCounting)
    return [['off by one', ts.isNumericLiteral(node.right) ? left : `${left} + ${right}`]];
  return [];
}

function isNumber(node: ts.Expression, checker: ts.TypeChecker): boolean {
  return (checker.getTypeAtLocation(node).flags & ts.TypeFlags.NumberLike) !== 0;
}

/** A small number as an argument, or as what is compared with. */
function ofNumber(node: ts.NumericLiteral): readonly Found[] {
  const { parent } = node;
  const isArgument = ts.isCallExpression(parent) || (ts.isBinaryExpression(parent) && parent.right === node);
  const isAdded = ts.isBinaryExpression(parent) && /^[+-]$/.test(parent.operatorToken.getText());
  const value = Number(node.text);
  return isArgument && !isAdded && value <= 12 ? [['off by one', String(value === 0 ? 1 : value - 1)]] : [];
}

function ofCall(node: ts.CallExpression, checker: ts.TypeChecker): readonly Found[] {
  const { expression, arguments: operands } = node;
  const found: Found[] = [];
  const text = node.getText();
  const given = operands.map(each => each.getText());
  if (ts.isPropertyAccessExpression(expression)) {
    const { name, expression: receiver } = expression;
    const exchanged = own(methods, name.text);
    const on = receiver.getText();
    const isList = checker.isArrayLikeType(checker.getTypeAtLocation(receiver));
    if (exchanged !== undefined && !isLookUp(name.text, operands[0]))
      found.push([exchanged[0], `${on}.${exchanged[1]}(${given.join(', ')})`]);
    if (isList && name.text === 'filter') found.push(['filter', on]);
    if (isList && /^(?:sort|toSorted)$/.test(name.text))
      found.push(['order', `${on}.${name.text}(${given.join(', ')}).toReversed()`]);
    if (on === 'Math' && /^(?:min|max)$/.test(name.text))
      found.push(['order', `Math.${name.text === 'min' ? 'max' : 'min'}(${given.join(', ')})`]);
    if (name.text === 'at' && given[0] === '-1') found.push(['order', `${on}.at(0)`]);
    if (name.text === 'slice' && given.length === 2 && given[0] === '0') found.push(['off by one', `${on}.slice()`]);
  }
  if (ts.isIdentifier(expression)) {
    const exchanged = own(makers, expression.text);
    if (exchanged !== undefined) found.push(['quantifier', `${exchanged}(${given.join(', ')})`]);
    const called = /^(?:call|callSql|callDoc)$/.test(expression.text) ? (given[0] ?? '') : '';
    const first = given[expression.text === 'call' ? 2 : 1] ?? '...';
    if (/^'(?:coalesce|nullif)'$/.test(called) && !first.startsWith('...')) found.push(['null', first]);
    if (called === "'is_null'") found.push(['null', `call('not', 'boolean', ${text})`]);
    if (called === "'not'") found.push(['null', first]);
  }
  return [...found, ...ofRecursion(node, checker)];
}

/** Whether a search is for the one thing of a name: the last such is the first. */
function isLookUp(method: string, test: ts.Expression | undefined): boolean {
  const isOne = test !== undefined && ts.isArrowFunction(test) && ts.isBinaryExpression(test.body);
  return method === 'find' && isOne && test.body.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
}

/** A call of the function that it stands in, which passes on what it was given itself. */
function ofRecursion(node: ts.CallExpression, checker: ts.TypeChecker): readonly Found[] {
  const { expression, arguments: operands } = node;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const callee = checker.getSymbolAtLocation(name);
  const around = callee === undefined ? undefined : enclosing(node, callee, checker);
  if (around === undefined) return [];
  return operands.flatMap((operand, index): readonly Found[] => {
    const parameter = around.parameters[index];
    if (parameter === undefined || !ts.isIdentifier(parameter.name) || parameter.name.text === operand.getText())
      return [];
    const given = operands.map((each, place) => (place === index ? parameter.name.getText() : each.getText()));
    return [['recursion', `${expression.getText()}(${given.join(', ')})`]];
  });
}

function enclosing(node: ts.Node, callee: ts.Symbol, checker: ts.TypeChecker): ts.SignatureDeclaration | undefined {
  for (let each: ts.Node | undefined = node.parent; each !== undefined; each = each.parent) {
    if (!ts.isFunctionLike(each)) continue;
    const named = ts.isArrowFunction(each) && ts.isVariableDeclaration(each.parent) ? each.parent.name : each.name;
    if (named !== undefined && checker.getSymbolAtLocation(named) === callee) return each;
  }
  return undefined;
}

function ofProperty(property: ts.PropertyAssignment, node: ts.Expression, checker: ts.TypeChecker): readonly Found[] {
  const name = property.name.getText();
  const found: Found[] = [];
  const empty = emptyFilter(name, node, checker);
  if (empty !== null && !/^(?:null|\[\])$/.test(node.getText())) found.push(['filter', empty]);
  if (name === 'isDescending') found.push(['order', `!(${node.getText()})`]);
  return found;
}

const filterNames =
  /^(?:where|filter|filters|having|conditions|condition|pairs|completions|rest|further|lives|hull|places)$/;

/** What stands for no condition in a place of some type; null where the place is for something else. */
function emptyFilter(name: string, node: ts.Node, checker: ts.TypeChecker): string | null {
  if (!filterNames.test(name)) return null;
  const type = ts.isExpression(node) ? checker.getContextualType(node) : undefined;
  const place = type ?? checker.getTypeAtLocation(node);
  if (checker.isArrayLikeType(checker.getNonNullableType(place))) return '[]';
  const parts = place.isUnion() ? place.types : [place];
  return parts.some(each => (each.flags & ts.TypeFlags.Null) !== 0) ? 'null' : null;
}

function isReturn(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isContinueStatement(statement)) return true;
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : undefined;
  return last !== undefined && ts.isReturnStatement(last);
}

/** A `case` with a neighbour that does not only throw, and with nothing declared that others could see. */
function canFall(clause: ts.CaseClause): boolean {
  const { clauses } = clause.parent;
  const next = clauses[clauses.indexOf(clause) + 1];
  if (next === undefined || clause.statements.length === 0) return false;
  if (next.statements.length === 1 && next.statements.every(ts.isThrowStatement)) return false;
  return !clause.statements.some(ts.isVariableStatement);
}
