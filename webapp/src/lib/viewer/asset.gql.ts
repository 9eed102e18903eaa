import { graphql } from '$lib/api/graphql';

/** Everything the viewer and its panel tell about one asset. */
export const ViewedFields = graphql(`
  fragment ViewedFields on Asset {
    id
    type
    format
    name
    paths
    width
    height
    projection
    panorama {
      crop {
        width
        fullWidth
      }
    }
    durationMs
    bytes
    sha1
    blake3
    takenAt
    localTakenAt
    offsetMinutes
    timeZone
    takenGuessed
    takenSource
    addedAt
    title
    caption
    keywords
    creator
    copyright
    sidecar
    rating
    edited
    thumbhash
    tag
    state
    problem
    notes
    offline
    life
    favourite
    trashedUntil
    film {
      videoCodec
      audioCodec
      frameRate
      hdr
    }
    playback {
      state
      variant
      progress
      reason
      stream
      streamSizes
    }
    live {
      assetId
      variant
      tag
    }
    stack {
      members {
        id
        name
        type
        format
        bytes
        tag
        state
      }
    }
    library {
      id
      name
      role
    }
    albums {
      id
      name
    }
    camera {
      make
      model
      lens
      serial
    }
    exposure {
      fNumber
      time
      iso
      focalLength
      focalLength35
      flash
    }
    position {
      latitude
      longitude
      altitude
      direction
    }
    place {
      city
      region
      country
    }
  }
`);

export const ViewedAsset = graphql(
  `
    query ViewedAsset($id: ID!) {
      asset(id: $id) {
        ...ViewedFields
      }
    }
  `,
  [ViewedFields],
);
