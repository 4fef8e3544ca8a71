import type { Node } from 'web-tree-sitter';

/**
 * Whether an expression can be left out: to evaluate it does nothing, calls nothing and cannot throw. Reading a property may call a getter and
 * comparing with `<` a `valueOf`; reading a name throws where it is not bound yet, so only names count that the parsed text itself binds before.
 *
 * @param isNameBound is asked of each name that is read, and looks at what stands around it
 */
export function isPure(node: Node, isNameBound = isBound): boolean {
  switch (node.type) {
    case 'number':
    case 'string':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
    case 'regex':
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
      return true;
    case 'identifier':
      return isNameBound(node);
    case 'parenthesized_expression':
      return node.namedChildren.every((child) => child?.type === 'comment' || (child && isPure(child, isNameBound)));
    case 'unary_expression':
      return /^(!|typeof|void)$/.test(node.childForFieldName('operator')?.type ?? '') && pureFields(node, isNameBound, 'argument');
    case 'ternary_expression':
      return pureFields(node, isNameBound, 'condition', 'consequence', 'alternative');
    case 'binary_expression':
      return comparesPurely(node) && pureFields(node, isNameBound, 'left', 'right');
    default:
      return false;
  }
}

function pureFields(node: Node, isNameBound: typeof isBound, ...names: string[]): boolean {
  return names.every((name) => {
    const child = node.childForFieldName(name);
    return child !== null && isPure(child, isNameBound);
  });
}

function comparesPurely(node: Node): boolean {
  const operator = node.childForFieldName('operator')?.type ?? '';
  if (/^(===|!==|&&|\|\||\?\?)$/.test(operator)) return true;
  // Nothing is converted in order to be compared with null.
  return /^[=!]=$/.test(operator) && [node.childForFieldName('left'), node.childForFieldName('right')].some((side) => side?.type === 'null');
}

/** Whether a name surely has its binding when it is read. */
export function isBound(identifier: Node): boolean {
  const name = identifier.text;
  /** Inside of a function that is called by its name, which may be before what stands above it has run. */
  let hoisted = false;
  for (let at: Node = identifier; at.parent; at = at.parent) {
    const scope = at.parent;
    if (scope.type === 'with_statement') return false;
    const inBody = scope.childForFieldName('body')?.id === at.id;
    const binding = bindingIn(scope, at, name, inBody);
    if (binding === 'always') return true;
    if (binding === 'when passed') return !hoisted;
    if (binding === 'late') return false;
    if (/^(generator_)?function_declaration$/.test(scope.type)) hoisted = true;
  }
  return false;
}

/** How a scope binds a name that is read in its child `at`. */
function bindingIn(scope: Node, at: Node, name: string, inBody: boolean): 'always' | 'when passed' | 'late' | undefined {
  if (/^(program|statement_block|switch_case|switch_default)$/.test(scope.type)) return bindingInBlock(scope, at, name);
  if (/^for_(in_)?statement$/.test(scope.type)) {
    const declared = scope.childForFieldName(scope.type === 'for_statement' ? 'initializer' : scope.childForFieldName('kind') ? 'left' : '');
    const names =
      declared?.type === 'lexical_declaration'
        ? declared.namedChildren.flatMap((one) => patternNames(one?.childForFieldName('name')))
        : patternNames(declared);
    if (!names.includes(name)) return undefined;
    return inBody ? 'when passed' : 'late';
  }
  if (scope.type === 'catch_clause' && patternNames(scope.childForFieldName('parameter')).includes(name)) return inBody ? 'always' : 'late';
  const parameters = scope.childForFieldName('parameters') ?? scope.childForFieldName('parameter');
  if (!parameters) return undefined;
  // A default value is evaluated while later parameters have none yet.
  if (parameterNames(parameters).includes(name)) return inBody ? 'always' : 'late';
  return inBody && declaresVariable(scope, name) ? 'always' : undefined;
}

function bindingInBlock(block: Node, at: Node, name: string): 'always' | 'when passed' | 'late' | undefined {
  for (const child of block.namedChildren) {
    if (/^(generator_)?function_declaration$/.test(child?.type ?? '') && child?.childForFieldName('name')?.text === name) return 'always';
    if (/class_declaration$|^enum_declaration$/.test(child?.type ?? '') && child?.childForFieldName('name')?.text === name) return 'late';
    if (child?.type !== 'lexical_declaration') continue;
    if (!child.namedChildren.some((one) => patternNames(one?.childForFieldName('name')).includes(name))) continue;
    return block.type !== 'program' && !/switch/.test(block.type) && child.endIndex <= at.startIndex ? 'when passed' : 'late';
  }
  return undefined;
}

function declaresVariable(scope: Node, name: string): boolean {
  return scope.descendantsOfType('variable_declaration').some((declaration) => {
    if (!declaration?.namedChildren.some((one) => patternNames(one?.childForFieldName('name')).includes(name))) return false;
    let owner = declaration.parent;
    while (owner && !owner.childForFieldName('parameters') && !owner.childForFieldName('parameter')) owner = owner.parent;
    return owner?.id === scope.id;
  });
}

function parameterNames(parameters: Node): string[] {
  return parameters.type === 'formal_parameters' ? parameters.namedChildren.flatMap(patternNames) : patternNames(parameters);
}

/** The names that a pattern binds, without those that its default values read. */
function patternNames(pattern: Node | null | undefined): string[] {
  switch (pattern?.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [pattern.text];
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return patternNames(pattern.childForFieldName('left'));
    case 'required_parameter':
    case 'optional_parameter':
      return patternNames(pattern.childForFieldName('pattern'));
    case 'pair_pattern':
      return patternNames(pattern.childForFieldName('value'));
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
      return pattern.namedChildren.flatMap(patternNames);
    default:
      return [];
  }
}
