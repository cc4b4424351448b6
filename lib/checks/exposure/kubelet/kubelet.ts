import type { HttpAnswer, HttpRequest } from '../../../core/probing/index.ts';
import { login, type Sign } from '../add-ons/signs.ts';
import type { OpenDoor } from '../probe.ts';

/** Port of the kubelet that should ask everybody for a login, and the old one that never does. */
export const loginPort = 10250;
export const readOnlyPort = 10255;

/** What stands in the way of strangers at the kubelet. */
export const closeKubelet =
  'Set `authentication.anonymous.enabled: false` and `authorization.mode: Webhook` in the configuration of the kubelet, and `readOnlyPort: 0`.';
export const kubeletPages = ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'] as const;
export const kubeletLeaves = 'Nothing but a line in the log of the kubelet, if it logs requests.';

/** A kubelet that turns away whoever has no login, or may not. */
export const turnedAway = (path: string): Sign => ({
  ...login(path, { ports: [loginPort] }),
  message: 'The kubelet asks for a login.',
});

/** A handler that the kubelet was told not to offer. */
export const switchedOff = (path: string): Sign => ({
  path,
  shows: ({ status, body }) => status === 405 && /(endpoints? (are|is) )disabled/i.test(body),
  outcome: 'pass',
  message: 'The kubelet does not offer it.',
  found: 'switched off',
});

/**
 * Names that no pod, namespace or container can have, static ones included: capitals and underscores are refused everywhere. The kubelet looks the pod up before it
 * does anything, so a request for these names cannot do anything, whoever may do what.
 */
export const nowhere = 'X_NOBODY/X_NOTHING';
export const nowhereContainer = `${nowhere}/X_NOTHING`;

/** Whether the kubelet looked for the pod, which it only does once it has let the caller in. */
export const lookedForPod = ({ status, body }: HttpAnswer): boolean =>
  status === 404 && /^(pod|pod "X_NOTHING") does not exist\s*$/.test(body);

/** A kubelet has no first page: what shows one, or leads on from there, is other software, and nobody knows what a POST does there. */
const hasFirstPage = ({ greeting: { page } }: OpenDoor): boolean => page !== undefined && page.status < 400;

/** A request without a word of content. */
export const post = (door: OpenDoor, path: string): readonly HttpRequest[] =>
  door.greeting.http === undefined || hasFirstPage(door) ? [] : [{ is: 'http', over: door.greeting.http, method: 'POST', path }];
