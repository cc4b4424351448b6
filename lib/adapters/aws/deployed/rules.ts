import type { RuleRunner } from '../../../gate/policy/run-rules.ts';
import { makeRuleThread } from '../../rules/rule-runner.ts';

/** Computes rules of users in a thread with all guards. Its body lies beside the bundle (lib/infra/bundle.ts). */
export const openRules = (): RuleRunner => makeRuleThread({ thread: new URL('./rule-thread.mjs', import.meta.url) }).run;
