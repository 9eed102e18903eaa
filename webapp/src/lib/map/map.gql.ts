import { graphql, type ResultOf } from '$lib/api/graphql';

/** What lies in a part of the map. */
export const MapSpots = graphql(`
  query MapSpots($bbox: BoundingBox!, $zoom: Float!, $filter: AssetFilter) {
    map(bbox: $bbox, zoom: $zoom, filter: $filter) {
      cells {
        cell
        count
        latitude
        longitude
        coverId
        coverTag
      }
      points {
        id
        tag
        latitude
        longitude
      }
    }
  }
`);

export type MapAnswer = ResultOf<typeof MapSpots>['map'];

/** Cities whose names are written on the map. */
export const LargeCities = graphql(`
  query LargeCities($population: Int!) {
    largeCities(population: $population) {
      names
      latitudes
      longitudes
      populations
    }
  }
`);

/** What the administrator has set to lie beneath the photographs. */
export const MapGround = graphql(`
  query MapGround {
    server {
      mapPmtiles
      mapStyleUrl
    }
  }
`);
