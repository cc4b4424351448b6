import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, switchedOff, turnedAway } from './kubelet.ts';

/** A command line has its words parted by zeros; the first is the program. */
const isKubelet = (commandLine: string): boolean => commandLine.split('\0', 1).some((program) => /(^|\/)(hyper)?kubelet$/.test(program));

const path = '/debug/pprof/cmdline';

export const profiling = defineProbe({
  id: 'exposure/kubelet/profiling',
  covers: ['KHV046'],
  title: 'The kubelet lets nobody without a login look into it while it runs',
  severity: 'medium',
  why: 'Profiles show its command line and its memory, and taking them costs the node time.',
  repair: `${closeKubelet} Set \`enableProfilingHandler: false\` where nobody profiles.`,
  techniques: ['T1613', 'T1499'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  ...decidedBy(
    {
      path,
      shows: ({ status, body }) => status === 200 && isKubelet(body),
      outcome: 'fail',
      message: 'The kubelet shows its command line and its profiles to anybody who can reach it.',
      found: 'a command line',
    },
    turnedAway(path),
    switchedOff(path),
  ),
});
