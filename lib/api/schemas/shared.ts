import { z } from 'zod';
import { ClusterId, ProjectId } from '../../fleet/common.ts';

// What the paths of several groups name.
export const InProject = z.object({ projectId: ProjectId });
export const OfCluster = InProject.extend({ clusterId: ClusterId });
