import { readText } from '../adapters/local/files.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { type BuiltInPolicy, builtInPolicies, builtInPolicy } from '../gate/policy/built-in/index.ts';
import { type CompiledPolicy, compilePolicy } from '../gate/policy/compile.ts';
import { parsePolicy } from '../gate/policy/parse.ts';

export const isBuiltIn = (name: string): name is BuiltInPolicy => Object.hasOwn(builtInPolicies, name);
export const builtInNames = Object.keys(builtInPolicies).join(', ');

/** A policy that is named on the command line: a built-in one by its name, or a file. */
export const readPolicy = async (name: string): Promise<Result<CompiledPolicy>> => {
  if (isBuiltIn(name)) return succeed(builtInPolicy(name));
  const text = await readText(name, 'the policy');
  if (!text.ok) return failed('input-invalid', `${text.failure.say} Name a file, or one of the built-in policies: ${builtInNames}.`);
  const parsed = parsePolicy(text.value);
  return parsed.ok ? compilePolicy(parsed.value) : parsed;
};
