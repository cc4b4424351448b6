import type { GateNode } from '../../../core/gate/index.ts';
import type { Named } from '../../check.ts';

/** Nodes whose containerd is older than that version. */
export const containerdBefore = (nodes: readonly GateNode[], major: number, minor: number): readonly Named[] =>
  nodes.flatMap(({ name, containerRuntime }) => {
    const version = /^containerd:\/\/v?(\d+)\.(\d+)/.exec(containerRuntime);
    if (!version) return [];
    const isOlder = Number(version[1]) < major || (Number(version[1]) === major && Number(version[2]) < minor);
    return isOlder ? [{ kind: 'Node', name, detail: containerRuntime }] : [];
  });
