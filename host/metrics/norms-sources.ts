export type Sex = 'female' | 'male'

/** Who measured, whom, and how: printed with every band. */
export interface Source {
  citation: string
  doi: string
  people: string
  /** How their number is defined where that matters, and what was derived here. */
  definition: string
}

/** Details in `docs/norms.md`. */
export const SOURCES = {
  fukuchi2017: {
    citation: 'Fukuchi RK, Fukuchi CA, Duarte M 2017, PeerJ 5:e3298 (CC BY 4.0); figures computed here',
    doi: '10.7717/peerj.3298',
    people: '6 men (12 legs), shod, treadmill, 2.5, 3.5 and 4.5 m/s',
    definition: 'shoe heel markers relative to shank cluster, zero standing; events from force at 20 N',
  },
  spatiotemporal: {
    citation:
      'Means: Fukuchi et al. 2017 (PeerJ 5:e3298), 28 runners; SD: Karamanidis K, Arampatzis A 2005, J Exp Biol 208:3907, 49 runners and non-runners',
    doi: '10.7717/peerj.3298',
    people: '28 runners, shod, treadmill, 2.5 and 3.5 m/s; spread from 49 adults of two ages at 2.7 m/s',
    definition: 'contact and flight follow from cadence and duty factor',
  },
  sheerin2020: {
    citation: 'Sheerin KR, Besier TF, Reid D 2020, Sports Biomech 19:750',
    doi: '10.1080/14763141.2018.1546890',
    people: '85 runners, shod, treadmill, 2.7 to 3.7 m/s',
    definition:
      'largest norm at the distal tibia; mean from the published rise of 3.8 g = 38 %, SD from the 19 % that speed explains',
  },
  milner2006: {
    citation: 'Milner CE, Ferber R, Pollard CD, Hamill J, Davis IS 2006, Med Sci Sports Exerc 38:323',
    doi: '10.1249/01.mss.0000183477.75808.92',
    people: '20 women without stress fracture, shod, overground, 3.7 m/s',
    definition:
      'figures from secondary reading, not held against the paper’s table; axial peak at the distal tibia; whether gravity was taken off is not said',
  },
} satisfies Record<string, Source>
