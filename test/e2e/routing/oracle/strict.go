//go:build !older

package main

import "github.com/livekit/protocol/sip"

func strictOption(strict bool) []sip.MatchTrunkOpt {
	if !strict {
		return nil
	}
	return []sip.MatchTrunkOpt{sip.WithStrictAddressMatching()}
}
