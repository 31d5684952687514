/** The forms that laws are claimed of, and the shape of worlds that have them alone. */
import type { Shape } from '../oracle/generate/shape.ts';
import type { Form } from '../oracle/generate/written.ts';

export const forms: readonly Form[] = ['windowed', 'nested', 'stock', 'total', 'rank', 'moment'];

export const shape: Shape = { versions: 'none', hasAccountOwner: false };
