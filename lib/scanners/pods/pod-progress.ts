import { redact } from '../../core/redact.ts';
import type { PodHome } from './home.ts';
import type { PodAnswer } from './schema.ts';

/** How far a pod has come: still under way, ended well so that its log can be read, or never going to. */
export type PodProgress = 'waiting' | 'succeeded' | { readonly reason: string };

/** Waiting reasons that will not pass by themselves. `ErrImagePull` is not one: the kubelet tries again, and then says `ImagePullBackOff`. */
const imageTrouble = ['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError', 'RegistryUnavailable'];
const startTrouble = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'CrashLoopBackOff'];

/** What the kubelet says, on one line and short. */
const said = (...parts: readonly (string | undefined)[]): string => {
  const text = redact(
    parts
      .filter((part) => part !== undefined && part !== '')
      .join(': ')
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' '),
  ).replace(/\.$/, '');
  return text.length > 240 ? `${text.slice(0, 240)}…` : text;
};

/** Why an image did not come, by what runtimes and registries say; first match counts. Their own text names ports and addresses that differ from node to node. */
const imageCauses: readonly (readonly [RegExp, string])[] = [
  [/unauthorized|denied|authentication|no basic auth|forbidden/i, 'the registry refuses it'],
  [/lookup \S+ on |no such host|server misbehaving|name resolution/i, 'the name of the registry cannot be resolved'],
  [/timeout|refused|unreachable|no route|reset by peer|EOF/i, 'the registry cannot be reached'],
  [/x509|certificate/i, 'the certificate of the registry is not trusted'],
  [/not found|manifest unknown|does not exist/i, 'the registry does not have it'],
];
const imageCause = (reason: string, message = ''): string => {
  const cause = imageCauses.find(([sign]) => sign.test(message))?.[1];
  return cause === undefined ? reason : `${reason}, ${cause}`;
};

/** Reads a pod's status. Sentences hold no names of pods or nodes, so that equal troubles of many nodes read alike. */
export const progressOf = ({ status }: PodAnswer, image: string, { imageOption, imageMustHold }: PodHome): PodProgress => {
  const state = status?.containerStatuses?.[0]?.state;
  if (status?.phase === 'Succeeded') return 'succeeded';
  if (status?.phase === 'Failed') {
    const ended = state?.terminated;
    if (status.reason === 'DeadlineExceeded')
      return { reason: 'The pod was ended because it had not finished within its deadline; the node may be overloaded.' };
    if (status.reason) return { reason: `The node ended the pod or did not let it run (${said(status.reason, status.message)}).` };
    if (ended?.reason === 'OOMKilled') return { reason: 'The pod ran out of memory while it looked.' };
    return {
      reason: `The pod failed (${said(ended?.reason, ended?.message ?? `exit status ${ended?.exitCode ?? 'unknown'}`)}); the image ${image} must hold ${imageMustHold}, name another with ${imageOption}.`,
    };
  }
  const waiting = state?.waiting;
  const why = waiting?.reason ?? '';
  if (imageTrouble.includes(why))
    return {
      reason: `The node cannot get the image ${image} (${imageCause(why, waiting?.message)}); name one it can with ${imageOption}.`,
    };
  if (startTrouble.includes(why)) return { reason: `The node cannot start the pod (${said(why, waiting?.message)}).` };
  return 'waiting';
};
