import type { HttpAnswer } from '../../../core/probing/index.ts';

/** A folder as Go's file server lists it. */
export const isLogFolder = ({ status, body }: HttpAnswer): boolean =>
  status === 200 && /<pre>/.test(body) && /<a href="(pods|containers)\/">|<a href="[^"]*\.log">/.test(body);
