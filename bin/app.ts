import { createApp } from '../lib/infra/gatehouse-app.ts';

createApp();
