import { type CompiledPolicy, compilePolicy } from '../compile.ts';
import { parsePolicy } from '../parse.ts';
import { defaultPolicy } from './default.ts';
import { liveFacts } from './live-facts.ts';

/** The policies that come with Gatehouse, as the documents people may copy. */
export const builtInPolicies = { 'live-facts': liveFacts, default: defaultPolicy } as const;
export type BuiltInPolicy = keyof typeof builtInPolicies;

/** One of them, ready. A mistake in it is ours. */
export const builtInPolicy = (name: BuiltInPolicy): CompiledPolicy => {
  const parsed = parsePolicy(builtInPolicies[name]);
  const compiled = parsed.ok ? compilePolicy(parsed.value) : parsed;
  if (!compiled.ok) throw new Error(`the built-in policy ${name} is broken: ${compiled.failure.say}`);
  return compiled.value;
};
