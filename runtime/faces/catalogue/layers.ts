/**
 * A picture in layers: boxes with their layers, and the edges between them, in; places out. Boxes of a layer stand below each
 * other, in the order in which edges cross least as far as a few sweeps find it. The same boxes give the same picture.
 */

export interface Box {
  readonly id: string;
  readonly layer: number;
  readonly height: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly places: ReadonlyMap<string, Placed>;
  readonly width: number;
  readonly height: number;
}

export const boxWidth = 208;
const gap = 56;
const between = 12;
const margin = 4;
const sweeps = 4;

export function inLayers(boxes: readonly Box[], edges: readonly Edge[]): Picture {
  const numbers = [...new Set(boxes.map(box => box.layer))].sort((a, b) => a - b);
  const layers = numbers.map(number => boxes.filter(box => box.layer === number));
  const neighbours = new Map<string, string[]>();
  const join = (one: string, other: string) => neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
  for (const { from, to } of edges) {
    join(from, to);
    join(to, from);
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (let step = 1; step < layers.length; step += 1) {
      const index = isForward ? step : layers.length - 1 - step;
      layers[index] = ordered(layers[index] ?? [], layers[isForward ? index - 1 : index + 1] ?? [], neighbours);
    }
  }
  const heights = layers.map(layer => layer.reduce((sum, box) => sum + box.height + between, -between));
  const height = Math.max(0, ...heights);
  const places = new Map<string, Placed>();
  for (const [index, layer] of layers.entries()) {
    let y = margin + (height - (heights[index] ?? 0)) / 2;
    for (const box of layer) {
      places.set(box.id, { x: margin + index * (boxWidth + gap), y: Math.round(y) });
      y += box.height + between;
    }
  }
  const width = layers.length * (boxWidth + gap) - gap;
  return { places, width: width + 2 * margin, height: height + 2 * margin };
}

/** By the middle of the neighbours in the layer beside; boxes without any stay where they are. */
function ordered(
  layer: readonly Box[],
  beside: readonly Box[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): Box[] {
  const position = new Map(beside.map((box, index) => [box.id, (index + 0.5) / beside.length] as const));
  return layer
    .map((box, index) => {
      const found = (neighbours.get(box.id) ?? []).flatMap(each => position.get(each) ?? []);
      const middle =
        found.length === 0 ? (index + 0.5) / layer.length : found.reduce((a, b) => a + b, 0) / found.length;
      return { box, index, middle };
    })
    .sort((a, b) => a.middle - b.middle || a.index - b.index)
    .map(({ box }) => box);
}
