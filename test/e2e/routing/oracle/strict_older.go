//go:build older

package main

import "github.com/livekit/protocol/sip"

// The protocol of older servers knows no strict mode.
func strictOption(bool) []sip.MatchTrunkOpt { return nil }
