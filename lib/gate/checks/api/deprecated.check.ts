import { minorText, readGateVersion } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, isUnknown, namesText, passes } from '../../check.ts';
import { byMinor, removedLaterThan, removedUpTo } from '../../removals.ts';
import { callName, goingCalls, objectsOf, withinData } from './going.ts';

export const deprecated = defineGateCheck({
  id: 'api.deprecated',
  category: 'api',
  title: 'Nothing uses an API version that is to go after the target, or went before',
  severity: 'low',
  why: 'What is deprecated blocks a later upgrade; and a stored manifest in a version that has gone already fails the next time it is applied.',
  repair: 'Change the manifests, charts and programs to the version named with each.',
  links: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/', 'https://helm.sh/docs/topics/kubernetes_apis/'],
  reads: ['oldObjects'],
  mayRead: ['apiUse'],
  evaluate: ({ oldObjects, apiUse, upgrade }) => {
    const { current, target } = upgrade;
    const later = removedLaterThan(target);
    const stored = oldObjects.filter(({ foundBy }) => foundBy !== 'managed-fields');
    const calls = apiUse.read ? goingCalls(apiUse.value.calls, removedLaterThan(current)) : [];
    const named = [
      ...objectsOf(oldObjects, later, upgrade),
      ...objectsOf(stored, removedUpTo(current), upgrade),
      ...calls.filter(({ removedIn }) => byMinor(readGateVersion(removedIn) ?? target, target) > 0).map((one) => callName(one, upgrade)),
    ];
    if (named.length > 0) return fails(`In use, and to go later or gone already: ${namesText(named)}.`, named);
    if (!apiUse.read) return isUnknown(`No object uses one; what programs ask for is not known: ${apiUse.reason}`);
    return withinData(upgrade, passes(`Nothing that is seen uses a version that goes after ${minorText(target)}.`));
  },
});
