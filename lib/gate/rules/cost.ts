import type { ASTNode } from '@marcbachmann/cel-js';
import type { SourceRange } from './engine.ts';
import { functionCosts } from './function-costs.ts';
import { mostSteps } from './guards.ts';
import { deepSize, elementOf, larger, memberOf, one, type Size } from './size.ts';

// Guard (b): what an expression costs at most, from the sizes that the schema promises. Nothing is computed.

/** An expression that would cost too much, or does what rules may not do. */
export class TooCostly extends Error {
  readonly at: SourceRange;
  constructor(message: string, { start, end }: SourceRange) {
    super(message);
    this.at = { start, end };
  }
}

export interface Estimate {
  readonly cost: number;
  readonly size: Size;
}
type Names = ReadonlyMap<string, Size>;

const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

const checked = (node: ASTNode, cost: number, size: Size): Estimate => {
  if (!(cost <= mostSteps) || !(size.count <= mostSteps))
    throw new TooCostly(
      `This may take more than ${mostSteps.toLocaleString('en')} steps on a large cluster; loop once over a list, or keep what the inner loop looks for in a map`,
      node,
    );
  return { cost, size };
};

const sum = (parts: readonly Estimate[]): number => parts.reduce((total, { cost }) => total + cost, 1);

const loop = (node: ASTNode, name: string, receiver: Estimate, args: readonly ASTNode[], names: Names): Estimate => {
  const [variable, ...bodies] = args as [ASTNode, ...ASTNode[]];
  const inner = new Map(names);
  if (variable.op === 'id') inner.set(variable.args, elementOf(receiver.size));
  const estimates = bodies.map((body) => estimate(body, inner));
  const { count } = receiver.size;
  const size: Size =
    name === 'map' ? { count, of: estimates.at(-1)?.size ?? one } : name === 'filter' ? { count, of: elementOf(receiver.size) } : one;
  return checked(node, receiver.cost + Math.max(1, count) * sum(estimates), size);
};

const called = (node: ASTNode, name: string, receiver: Estimate | undefined, args: readonly ASTNode[], names: Names): Estimate => {
  const known = Object.hasOwn(functionCosts, name) ? functionCosts[name] : undefined;
  if (!known) throw new TooCostly(`Rules have no function ${name}()`, node);
  const estimates = args.map((arg) => estimate(arg, names));
  const all = receiver ? [receiver, ...estimates] : estimates;
  const { steps, size } = known(
    all.map((part) => part.size),
    args,
  );
  return checked(node, sum(all) + steps, size);
};

const sizeOfLiteral = (value: unknown): Size => (typeof value === 'string' ? { count: value.length } : one);

const binary = (node: ASTNode, op: string, a: Estimate, b: Estimate): Estimate => {
  const cost = sum([a, b]);
  if (op === '+') {
    const size = { ...larger(a.size, b.size), count: a.size.count + b.size.count };
    return checked(node, cost + size.count, a.size.of || b.size.of || a.size.count > 1 || b.size.count > 1 ? size : one);
  }
  if (op === 'in') return checked(node, cost + deepSize(b.size), one);
  if (op === '==' || op === '!=') return checked(node, cost + Math.min(deepSize(a.size), deepSize(b.size)), one);
  return checked(node, cost, one);
};

/** Steps and size of an expression at most. Throws TooCostly. */
export const estimate = (node: ASTNode, names: Names): Estimate => {
  switch (node.op) {
    case 'value':
      return { cost: 1, size: sizeOfLiteral(node.args) };
    case 'id':
      return { cost: 1, size: names.get(node.args) ?? one };
    case '.':
    case '.?': {
      const from = estimate(node.args[0], names);
      return { cost: from.cost + 1, size: memberOf(from.size, node.args[1]) };
    }
    case '[]':
    case '[?]': {
      const [from, index] = [estimate(node.args[0], names), estimate(node.args[1], names)];
      const [, key] = node.args;
      return { cost: sum([from, index]), size: memberOf(from.size, key.op === 'value' ? String(key.args) : undefined) };
    }
    case 'rcall': {
      const [name, target, args] = node.args;
      if (target.op === 'id' && target.args === 'cel')
        throw new TooCostly('Rules have no cel.bind(); name the value under `variables`', node);
      const receiver = estimate(target, names);
      return loops.has(name) ? loop(node, name, receiver, args, names) : called(node, name, receiver, args, names);
    }
    case 'call':
      return called(node, node.args[0], undefined, node.args[1], names);
    case 'list': {
      const parts = node.args.map((part) => estimate(part, names));
      return checked(node, sum(parts), { count: parts.length, of: parts.map(({ size }) => size).reduce(larger, one) });
    }
    case 'map': {
      const parts = node.args.flat().map((part) => estimate(part, names));
      return checked(node, sum(parts), { count: node.args.length, of: parts.map(({ size }) => size).reduce(larger, one), isMap: true });
    }
    case '?:': {
      const [condition, yes, no] = node.args.map((part) => estimate(part, names)) as [Estimate, Estimate, Estimate];
      return checked(node, sum([condition, yes, no]), larger(yes.size, no.size));
    }
    case '!_':
    case '-_': {
      const inner = estimate(node.args, names);
      return { cost: inner.cost + 1, size: one };
    }
    default: {
      const [a, b] = node.args.map((part) => estimate(part, names)) as [Estimate, Estimate];
      return binary(node, node.op, a, b);
    }
  }
};
