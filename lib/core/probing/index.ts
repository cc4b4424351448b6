export * from './answer.ts';
export * from './door.ts';
export * from './facts.ts';
export * from './request.ts';
export * from './sight.ts';
