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

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly places: ReadonlyMap<string, Place>;
  /** The way of each edge, from the right side of a box to the left side of another, past those that stand between them. */
  readonly ways: readonly (readonly Place[])[];
  readonly width: number;
  readonly height: number;
}

export const boxWidth = 172;
const gap = 28;
const between = 12;
const margin = 4;
const sweeps = 4;

export function inLayers(boxes: readonly Box[], edges: readonly Edge[]): Picture {
  const numbers = [...new Set(boxes.map(box => box.layer))].sort((a, b) => a - b);
  const known = new Map(boxes.map(box => [box.id, { ...box, layer: numbers.indexOf(box.layer) }] as const));
  const layers: Box[][] = numbers.map((_, layer) => [...known.values()].filter(box => box.layer === layer));
  const chains = edges.flatMap(({ from, to }) => {
    const [start, end] = [known.get(from), known.get(to)];
    return start === undefined || end === undefined || start.layer >= end.layer ? [] : [chainOf(start, end, layers)];
  });
  arrange(layers, chains);
  const heights = layers.map(layer => layer.reduce((sum, box) => sum + box.height + between, -between));
  const height = Math.max(0, ...heights);
  const places = new Map<string, Place>();
  for (const [index, layer] of layers.entries()) {
    let y = margin + (height - (heights[index] ?? 0)) / 2;
    for (const box of layer) {
      places.set(box.id, { x: margin + index * (boxWidth + gap), y: Math.round(y) });
      y += box.height + between;
    }
  }
  const ways = chains.map(chain => wayOf(chain, places));
  const width = layers.length * (boxWidth + gap) - gap;
  return { places, ways, width: width + 2 * margin, height: height + 2 * margin };
}

/** The boxes that an edge passes: its ends, and room that is kept for it in each layer between them. */
function chainOf(start: Box, end: Box, layers: readonly Box[][]): readonly Box[] {
  const rooms = layers.slice(start.layer + 1, end.layer).map((layer, index) => {
    const room: Box = { id: `${start.id} > ${end.id} ${index}`, layer: start.layer + 1 + index, height: 2 };
    layer.push(room);
    return room;
  });
  return [start, ...rooms, end];
}

function arrange(layers: Box[][], chains: readonly (readonly Box[])[]): void {
  const neighbours = new Map<string, string[]>();
  const join = (one: Box, other: Box) => neighbours.set(one.id, [...(neighbours.get(one.id) ?? []), other.id]);
  for (const chain of chains) {
    for (const [index, box] of chain.entries()) {
      const next = chain[index + 1];
      if (next === undefined) continue;
      join(box, next);
      join(next, box);
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (let step = 1; step < layers.length; step += 1) {
      const index = isForward ? step : layers.length - 1 - step;
      const beside = layers[isForward ? index - 1 : index + 1] ?? [];
      layers[index] = ordered(layers[index] ?? [], beside, neighbours);
    }
  }
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
      const sum = found.reduce((a, b) => a + b, 0);
      return { box, index, middle: found.length === 0 ? (index + 0.5) / layer.length : sum / found.length };
    })
    .sort((a, b) => a.middle - b.middle || a.index - b.index)
    .map(({ box }) => box);
}

function wayOf(chain: readonly Box[], places: ReadonlyMap<string, Place>): readonly Place[] {
  return chain.flatMap((box, index) => {
    const { x, y } = places.get(box.id) ?? { x: 0, y: 0 };
    const middle = y + box.height / 2;
    const [left, right] = [
      { x, y: middle },
      { x: x + boxWidth, y: middle },
    ];
    if (index === 0) return [right];
    return index === chain.length - 1 ? [left] : [left, right];
  });
}
