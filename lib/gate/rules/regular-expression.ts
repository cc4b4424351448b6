import { RE2JS } from '@bufbuild/re2';
import type { ASTNode } from '@marcbachmann/cel-js';
import { TooCostly } from './cost.ts';
import { longestPattern } from './guards.ts';

// Guard (c): regular expressions run on RE2, whose time grows with the text and not beyond. The library's own `matches` hands them to JavaScript, where `^(a+)+$` runs for years, and it cannot
// be replaced: so calls of it are renamed before anything else sees them.

const compiled = new Map<string, RE2JS>();
/** Kept because a rule asks the same pattern of every node. */
const mostKept = 100;

const compile = (pattern: string): RE2JS => {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > longestPattern) throw new Error(`a regular expression has at most ${longestPattern} characters`);
  const made = RE2JS.compile(pattern);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(pattern, made);
  return made;
};

/** Whether some part of the text fits; throws on what is no pattern. */
export const matchesPattern = (text: string, pattern: string): boolean => compile(pattern).test(text);

/** A pattern that is not in the source may not count: what it costs could not be foretold. */
export const matchesUnseen = (text: string, pattern: string): boolean => {
  if (/\{\d/.test(pattern)) throw new Error('only a pattern that is written out in the rule may count repetitions');
  return matchesPattern(text, pattern);
};

const children = (node: ASTNode): readonly ASTNode[] => {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
};

/** Renames calls of `matches` in a freshly read expression, and looks at patterns that are written out. Throws TooCostly. */
export const useSafePatterns = (node: ASTNode): void => {
  if (node.op === 'rcall' && (node.args[0] === 'matches' || node.args[0] === 're2')) {
    const [pattern] = node.args[2];
    const isWritten = pattern?.op === 'value' && typeof pattern.args === 'string';
    if (isWritten)
      try {
        compile(pattern.args as string);
      } catch (error) {
        throw new TooCostly(`This is no regular expression of RE2: ${error instanceof Error ? error.message : String(error)}`, pattern);
      }
    node.args[0] = isWritten ? 're2' : 're2Unseen';
  }
  for (const child of children(node)) useSafePatterns(child);
};
