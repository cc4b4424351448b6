export * from './image.ts';
export * from './layer.ts';
export * from './package.ts';
