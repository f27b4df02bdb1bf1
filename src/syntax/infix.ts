/**
 * Precedence climbing. `operatorAt` looks at the current token without taking it and gives its binding power, or null when
 * it is no infix operator; `combine` takes the operator and calls `right()` for what binds tighter.
 * Linear in the number of tokens; left-associative. Depth is the caller's: bound it where brackets nest.
 */
export function parseInfix<Node, Op>(
  operand: () => Node,
  operatorAt: () => { readonly power: number; readonly op: Op } | null,
  combine: (left: Node, op: Op, right: () => Node) => Node,
  floor = 0,
): Node {
  let left = operand();
  for (;;) {
    const found = operatorAt();
    if (found === null || found.power <= floor) return left;
    left = combine(left, found.op, () => parseInfix(operand, operatorAt, combine, found.power));
  }
}

/** Brackets deeper than this are an error, so that no text can exhaust the stack. */
export const MAX_DEPTH = 200;
