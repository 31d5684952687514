/** The fixed words of scorecards and alerts, in each language. */
import type { Language } from './language.ts';

const en = {
  allTime: 'all time',
  yes: 'yes',
  no: 'no',
  points: 'points',
  severity: { critical: 'critical', warning: 'warning', info: 'info' },
  unknownGroups: (count: number) =>
    count === 1 ? 'it is not known whether it holds in 1 group' : `it is not known whether it holds in ${count} groups`,
  alertsFiring: (all: number, firing: number, day: string) => {
    const fires = firing === 0 ? 'none fires' : firing === 1 ? '1 fires' : `${firing} fire`;
    return `${all} alert${all === 1 ? '' : 's'}, ${fires}, as of ${day}`;
  },
  truncated: 'there are more groups than are shown',
};

type Words = typeof en;

const es: Words = {
  allTime: 'todo el tiempo',
  yes: 'sí',
  no: 'no',
  points: 'puntos',
  severity: { critical: 'crítica', warning: 'aviso', info: 'información' },
  unknownGroups: count =>
    count === 1 ? 'en 1 grupo no se sabe si se cumple' : `en ${count} grupos no se sabe si se cumple`,
  alertsFiring: (all, firing, day) => {
    const fires = firing === 0 ? 'ninguna salta' : firing === 1 ? 'salta 1' : `saltan ${firing}`;
    return `${all} alerta${all === 1 ? '' : 's'}, ${fires}, a ${day}`;
  },
  truncated: 'hay más grupos de los que se muestran',
};

export const words: Readonly<Record<Language, Words>> = { en, es };
